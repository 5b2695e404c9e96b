using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using Rlm.Mcp.Hosting;

namespace Rlm.Mcp.Tests.Hosting;

public class HostLogTests
{
    [Fact]
    public void Fault_IsOneLine_WithoutAStackTrace()
    {
        var writer = new StringWriter();
        using (var log = new HostLog(writer))
        {
            log.Fault("testing", Thrown(new InvalidOperationException("two\nlines \u001b[31m")));
            Written(writer);
        }
        var line = Assert.Single(writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("rlm-mcp: fault while testing: InvalidOperationException: two", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', line);
    }

    [Fact]
    public void CallersMistakes_AreNoNews()
    {
        var writer = new StringWriter();
        using (var log = new HostLog(writer))
        {
            ILogger logger = log;
            logger.LogError(new McpProtocolException("x", McpErrorCode.InvalidParams), "failed");
            logger.LogError(new OperationCanceledException(), "failed");
            logger.LogWarning("no handler");
            logger.LogInformation("hello");
        }
        Assert.Equal("", writer.ToString());
    }

    [Fact]
    public void WriterThatBlocks_StopsNobody()
    {
        using var go = new ManualResetEventSlim();
        var writer = new BlockedWriter(go);
        using (var log = new HostLog(writer))
        {
            for (var i = 0; i < 10_000; i++) log.Line($"line {i}");
            go.Set();
            Written(writer);
        }
        Assert.Contains("log lines dropped", writer.ToString(), StringComparison.Ordinal);
    }

    // A log that closes waits half a second at most, which a busy machine may need for the thread's first step.
    private static void Written(StringWriter writer) => Assert.True(SpinWait.SpinUntil(() => writer.GetStringBuilder().Length > 0, Scale.Patience));

    private static InvalidOperationException Thrown(InvalidOperationException fault)
    {
        try
        {
            throw fault;
        }
        catch (InvalidOperationException caught)
        {
            return caught;
        }
    }

    private sealed class BlockedWriter(ManualResetEventSlim go) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            go.Wait();
            base.WriteLine(value);
        }
    }
}
