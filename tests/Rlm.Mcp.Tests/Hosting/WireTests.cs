using System.Text;
using System.Text.Json.Nodes;
using Rlm.Mcp.Hosting;
using static Rlm.Mcp.Tests.Hosting.Wire;

namespace Rlm.Mcp.Tests.Hosting;

public class WireTests
{
    [Theory]
    [InlineData("garbage", -32700)]
    [InlineData("{", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("5", -32600)]
    [InlineData("null", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":4,"method":"ping"}""", -32600, 4)]
    [InlineData("""{"id":4,"method":"ping"}""", -32600, 4)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":5}""", -32600, 4)]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"ping","params":{"a":1,"a":2}}""", -32600, 4)]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"ping","params":{"a":"\ud800"}}""", -32700, 4)]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"nothing"}""", -32601, 4)]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"echo","arguments":"x"}}""", -32602, 4)]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"tools/call","params":[1]}""", -32602, 4)]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":5}}""", -32602, 4)]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"nope"}}""", -32602, 4)]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"tools/call"}""", -32602, 4)]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"tools/list","params":{"cursor":"x"}}""", -32602, 4)]
    public async Task BadLine_IsAnswered_AndTheNextOneServed(string line, int code, int? id = null)
    {
        await using var host = new HostUnderTest([FakeTool.Echo()]);
        await InitializeAsync(host);
        await host.SendAsync(line);
        var error = await host.NextAsync();
        Assert.Equal(code, error["error"]!["code"]!.GetValue<int>());
        Assert.Equal(id, Id(error));
        Assert.True(error.ContainsKey("id"));
        Assert.DoesNotContain("   at ", error.ToJsonString(), StringComparison.Ordinal);
        await AssertServesAsync(host);
        Assert.DoesNotContain("   at ", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LineTooLong_IsAnsweredWithItsId_AndLeftBehind()
    {
        await using var host = new HostUnderTest([FakeTool.Echo()]);
        await InitializeAsync(host);
        var sending = host.SendAsync($$$"""{"method":"tools/call","params":{"name":"echo","arguments":{"text":"{{{new string('x', LineTransport.MaxLineBytes)}}}"}},"jsonrpc":"2.0","id":8}""");
        var error = await host.NextAsync();
        await sending;
        Assert.Equal((-32600, 8), (error["error"]!["code"]!.GetValue<int>(), Id(error)));
        await AssertServesAsync(host);
    }

    [Fact]
    public async Task LongLine_WithinTheLimit_IsServed()
    {
        await using var host = new HostUnderTest([FakeTool.Echo()]);
        await InitializeAsync(host);
        var text = new string('x', 15 << 20);
        var sending = host.SendAsync(Call(8, "echo", $$$"""{"text":"{{{text}}}"}"""));
        Assert.Equal("text:" + text, Text(await host.NextAsync()));
        await sending;
    }

    [Fact]
    public async Task DepthBomb_IsAnsweredWithItsId()
    {
        await using var host = new HostUnderTest([FakeTool.Echo()]);
        await InitializeAsync(host);
        await host.SendAsync($$$"""{"jsonrpc":"2.0","method":"tools/call","params":{{{new string('[', 100_000)}}}{{{new string(']', 100_000)}}},"id":8}""");
        var error = await host.NextAsync();
        Assert.Equal((-32700, 8), (error["error"]!["code"]!.GetValue<int>(), Id(error)));
        await AssertServesAsync(host);
    }

    [Fact]
    public async Task BlankLines_CarriageReturns_AndAMark_AreNothing()
    {
        await using var host = new HostUnderTest([FakeTool.Echo()]);
        await host.SendAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("\n\r\n  \t \n" + Initialize() + "\r\n")]);
        Assert.Equal(1, Id(await host.NextAsync()));
    }

    [Fact]
    public async Task InvalidUtf8_IsAnswered()
    {
        await using var host = new HostUnderTest([FakeTool.Echo()]);
        await InitializeAsync(host);
        await host.SendAsync([.. """{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"echo","arguments":{"text":"""u8, (byte)'"', 0xC3, .. "\"}}}\n"u8]);
        var error = await host.NextAsync();
        Assert.Equal((-32700, 8), (error["error"]!["code"]!.GetValue<int>(), Id(error)));
        await AssertServesAsync(host);
    }

    [Fact]
    public async Task Answers_AreSingleLinesWithTheTextUnharmed()
    {
        await using var host = new HostUnderTest([FakeTool.Big()]);
        await InitializeAsync(host);
        await host.SendAsync(Call(2, "big"));
        var line = await host.NextLineAsync();
        Assert.Contains("<tag> 'é'", line, StringComparison.Ordinal); // relaxed escaping
        Assert.DoesNotContain('\u2028', line); // some line readers split here
        Assert.Equal(string.Concat(Enumerable.Repeat("\"quoted\" <tag> 'é' \u2028 😀\n", 2_000)), Text(JsonNode.Parse(line)!.AsObject()));
    }

    [Fact]
    public async Task EndOfInput_StillAnswersWhatWasAsked()
    {
        using var go = new ManualResetEventSlim();
        using var started = new CountdownEvent(1);
        await using var host = new HostUnderTest([FakeTool.Waits(go, started)]);
        await InitializeAsync(host);
        await host.SendAsync(Call(2, "waits"));
        Assert.True(started.Wait(Scale.Patience, TestContext.Current.CancellationToken));
        await host.EndInputAsync();
        go.Set();
        Assert.Equal("done", Text(await host.NextAsync()));
        Assert.Equal(0, await host.Running.WaitAsync(Scale.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task EndOfInput_WithAStuckCall_EndsAfterTheDrainTime()
    {
        using var go = new ManualResetEventSlim();
        using var started = new CountdownEvent(1);
        var stuck = new FakeTool("stuck", (_, _, _) =>
        {
            started.Signal();
            go.Wait(CancellationToken.None);
            return "";
        });
        await using var host = new HostUnderTest([stuck], settings => settings with { DrainTime = TimeSpan.FromMilliseconds(50) });
        await InitializeAsync(host);
        await host.SendAsync(Call(2, "stuck"));
        Assert.True(started.Wait(Scale.Patience, TestContext.Current.CancellationToken));
        await host.EndInputAsync();
        Assert.Equal(0, await host.Running.WaitAsync(Scale.Patience, TestContext.Current.CancellationToken));
        go.Set();
    }

    private static async Task InitializeAsync(HostUnderTest host)
    {
        await host.SendAsync(Initialize());
        await host.NextAsync();
        await host.SendAsync(Initialized);
    }

    private static async Task AssertServesAsync(HostUnderTest host)
    {
        await host.SendAsync(Ping(99));
        Assert.Equal(99, Id(await host.NextAsync()));
    }
}
