using System.Text;
using static Rlm.Mcp.Tests.Hosting.Wire;

namespace Rlm.Mcp.Tests.Hosting;

[Collection(Alone.Name)]
public class ServeProcessTests
{
    private const int SigHup = 1, SigInt = 2, SigTerm = 15;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2), Busy = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task EndOfInput_EndsItWithCodeZero()
    {
        using var server = new ServerProcess();
        await GreetAsync(server);
        Assert.Contains("\"map\"", (await server.AskAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""")).ToJsonString(), StringComparison.Ordinal);
        var map = await server.AskAsync(Call(3, "map"));
        Assert.NotEmpty(Text(map));
        server.EndInput();
        var (code, _, rest) = await server.ExitAsync(Idle);
        Assert.Equal(0, code);
        Assert.Empty(rest);
        Assert.Empty(server.Leftovers());
    }

    [Fact]
    public async Task EverythingPipedAtOnce_IsAnsweredBeforeTheEnd()
    {
        using var server = new ServerProcess();
        server.Send(Initialize() + "\n" + Initialized + "\n" + Call(2, "map") + "\n" + Call(3, "read", """{"targets":["Pump.cs"]}"""));
        server.EndInput();
        var (code, _, rest) = await server.ExitAsync(Busy);
        Assert.Equal(0, code);
        Assert.Equal([1, 2, 3], rest.Select(Id).Order());
    }

    [Theory]
    [InlineData(SigTerm)]
    [InlineData(SigInt)]
    [InlineData(SigHup)]
    public async Task Signal_EndsItWithCodeZero(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are a matter of Unix");
        using var server = new ServerProcess();
        await GreetAsync(server);
        server.Signal(signal);
        var (code, _, rest) = await server.ExitAsync(Idle);
        Assert.Equal(0, code);
        Assert.Empty(rest);
    }

    [Fact]
    public async Task StartAndStop_ManyTimes_LeavesNothing()
    {
        var count = Scale.Of(200);
        for (var i = 0; i < count; i++)
        {
            using var server = new ServerProcess();
            await GreetAsync(server);
            if (i % 2 == 0) await server.AskAsync(Call(2, "map"));
            End(server, OperatingSystem.IsWindows() ? 0 : i % 4);
            var (code, _, _) = await server.ExitAsync(Idle);
            Assert.Equal(0, code);
            Assert.Empty(server.Leftovers());
        }
    }

    [Fact]
    public async Task StrayWritesToStdout_GoToStderr()
    {
        using var server = new ServerProcess(environment: new Dictionary<string, string> { ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location });
        await GreetAsync(server);
        for (var i = 0; i < 200; i++) Assert.Equal(i, Id(await server.AskAsync(Ping(i)))); // every line on stdout is parsed
        server.EndInput();
        var (code, _, rest) = await server.ExitAsync(Idle);
        Assert.Equal(0, code);
        Assert.Empty(rest);
        Assert.Contains(StartupHook.Noise, server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientThatNeverReads_DoesNotKeepItAlive()
    {
        using var server = new ServerProcess(readOutput: false);
        server.Send(Initialize());
        var listing = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""" + "\n");
        for (var i = 0; i < 1_000; i++) server.Send(listing);
        server.EndInput();
        var (code, _, _) = await server.ExitAsync(Busy);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task ClientThatIsGone_DoesNotKeepItAlive()
    {
        using var server = new ServerProcess();
        await GreetAsync(server);
        server.CloseOutput();
        for (var i = 0; i < 100; i++) server.Send(Ping(i));
        server.EndInput();
        var (code, _, _) = await server.ExitAsync(Idle);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task HomeAsRoot_IsRefused_UnlessAllowed()
    {
        var home = new Dictionary<string, string> { ["HOME"] = "{repo}", ["USERPROFILE"] = "{repo}" };
        using (var server = new ServerProcess([], home))
        {
            await GreetAsync(server);
            var text = Text(await server.AskAsync(Call(2, "map")));
            Assert.StartsWith("not_available: ", text, StringComparison.Ordinal);
            Assert.Contains("--root DIR", text, StringComparison.Ordinal);
        }
        using (var server = new ServerProcess(["--allow-broad-root"], home))
        {
            await GreetAsync(server);
            Assert.DoesNotContain("not_available", Text(await server.AskAsync(Call(2, "map"))), StringComparison.Ordinal);
        }
        using (var server = new ServerProcess([], new Dictionary<string, string>(home) { ["HOME"] = "/tmp/elsewhere", ["USERPROFILE"] = "/tmp/elsewhere" }))
        {
            await GreetAsync(server);
            Assert.DoesNotContain("not_available", Text(await server.AskAsync(Call(2, "map"))), StringComparison.Ordinal);
        }
    }

    private static async Task GreetAsync(ServerProcess server)
    {
        Assert.Equal(1, Id(await server.AskAsync(Initialize())));
        server.Send(Initialized);
    }

    // 1 is what Claude Code does, 3 what others do.
    private static void End(ServerProcess server, int how)
    {
        if (how == 1) server.Signal(SigInt);
        if (how is 1 or 3) server.Signal(SigTerm);
        if (how is 0 or 1 or 2) server.EndInput();
    }
}
