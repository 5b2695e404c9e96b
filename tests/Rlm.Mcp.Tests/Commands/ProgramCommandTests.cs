using Microsoft.Extensions.AI;
using Rlm.Mcp.Commands;
using Rlm.Mcp.Tests.Tools;

namespace Rlm.Mcp.Tests.Commands;

public sealed class ProgramCommandTests : IDisposable
{
    private readonly CommandFixture _shell = new() { Model = new NoModel() };

    public ProgramCommandTests()
    {
        _ = ProgramToolTests.Options("cpython"); // skipped where there is none: the built-in engine's worker is started by the real executable only
        _shell.File("root/a.txt", "needle\n");
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Code_ComesFromTheLineAFileOrStdin()
    {
        Assert.Equal(ExitCodes.Done, _shell.Run("program", "len(search('needle'))"));
        Assert.Contains("value: 1", _shell.Out);
        _shell.File("root/count.py", "# two lines\n40 + 2\n");
        Assert.Equal(ExitCodes.Done, _shell.Run("program", "count.py"));
        Assert.Contains("value: 42", _shell.Out);
        using var piped = new CommandFixture { Model = new NoModel() }.Answer("n = 6", "n * 7");
        piped.IsTerminal = false;
        Assert.Equal(ExitCodes.Done, piped.Run("program", "-"));
        Assert.Contains("value: 42", piped.Out);
    }

    [Fact]
    public void Failure_ExitsWith1_AndAFileThatIsNotThereWith3()
    {
        Assert.Equal(ExitCodes.Failed, _shell.Run("program", "1 / 0"));
        Assert.Contains("ZeroDivisionError", _shell.Error);
        Assert.Equal(ExitCodes.NotAvailable, _shell.Run("program", "nope.py"));
        Assert.Equal(ExitCodes.BadUsage, _shell.Run("program", "1", "--program-engine", "lisp"));
    }

    [Fact]
    public void Prompt_KeepsOneSession_AndTakesBlocks()
    {
        _shell.Answer("x = 20", "for i in range(2):", "    x = x + 11", "", "x", "1 / 0", "x");
        Assert.Equal(ExitCodes.Done, _shell.Run("program"));
        Assert.Equal(2, _shell.Out.Split("value: 42").Length - 1);
        Assert.Contains("ZeroDivisionError", _shell.Out);
        Assert.DoesNotContain("program s-", _shell.Out);
        Assert.Contains("--session s-", _shell.Error);
    }

    private sealed class NoModel : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
