using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Rlm.Context.Files;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Tests.Hosting;

public class McpHostTests
{
    public static TheoryData<string> Eras => ["2024-11-05", "2025-03-26", "2025-06-18", Wire.Legacy, Wire.Modern];

    [Theory, MemberData(nameof(Eras))]
    public async Task Client_LearnsWhoServes(string era)
    {
        await using var host = new HostUnderTest([FakeTool.Echo()]);
        await using var client = await host.ConnectAsync(era);
        Assert.Equal(("rlm-mcp", "Rlm.Mcp", "1.2.3"), (client.ServerInfo!.Name, client.ServerInfo.Title, client.ServerInfo.Version));
        Assert.Equal(era, client.NegotiatedProtocolVersion);
        Assert.Contains("`map`", client.ServerInstructions, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Eras))]
    public async Task List_GivesDefinitionsInOrder(string era)
    {
        var hidden = new FakeTool("zebra", (_, _, _) => "") { Definition = new("zebra", "Zebra", "Hidden.", []) { AlwaysLoad = false, ReadOnly = false, OpenWorld = true } };
        await using var host = new HostUnderTest([hidden, FakeTool.Echo()]);
        await using var client = await host.ConnectAsync(era);
        var tools = (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.ProtocolTool).ToList();
        Assert.Equal(["zebra", "echo"], tools.Select(tool => tool.Name));
        Assert.Equal((false, false, true), (tools[0].Annotations!.ReadOnlyHint, tools[0].Annotations!.DestructiveHint, tools[0].Annotations!.OpenWorldHint));
        Assert.Equal((true, false, false), (tools[1].Annotations!.ReadOnlyHint, tools[1].Annotations!.DestructiveHint, tools[1].Annotations!.OpenWorldHint));
        Assert.Null(tools[0].Meta);
        Assert.True(tools[1].Meta!["anthropic/alwaysLoad"]!.GetValue<bool>());
        Assert.True(JsonNode.DeepEquals(FakeTool.Echo().Definition.InputSchema(), JsonNode.Parse(tools[1].InputSchema.GetRawText())));
        Assert.All(tools, tool => Assert.Null(tool.OutputSchema));
    }

    [Fact]
    public async Task List_IsByteEqual_AtEveryCallAndForEveryRoot()
    {
        async Task<string> ListAsync(string root)
        {
            await using var host = new HostUnderTest([FakeTool.Echo(), FakeTool.Big()], settings => settings with { Root = settings.Root with { Flag = root } });
            await host.SendAsync(Wire.Initialize());
            await host.NextLineAsync();
            await host.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
            var first = await host.NextLineAsync();
            await host.SendAsync(Wire.Call(3, "echo", """{"text":"x"}"""));
            await host.NextLineAsync();
            await host.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}""");
            Assert.Equal(first, await host.NextLineAsync());
            return first;
        }

        Assert.Equal(await ListAsync(AppContext.BaseDirectory), await ListAsync(Path.GetTempPath()));
        Assert.Equal(await ListAsync(AppContext.BaseDirectory), await ListAsync("/no/such/folder"));
    }

    [Theory, MemberData(nameof(Eras))]
    public async Task Call_GivesOneTextBlock(string era)
    {
        await using var host = new HostUnderTest([FakeTool.Echo()]);
        await using var client = await host.ConnectAsync(era);
        var result = await CallAsync(client, "echo", new() { ["text"] = "ü \"<" });
        Assert.Equal("text:ü \"<", OnlyText(result));
        Assert.NotEqual(true, result.IsError);
        Assert.Null(result.StructuredContent);
    }

    [Theory, MemberData(nameof(Eras))]
    public async Task UnknownTool_IsAProtocolError(string era)
    {
        await using var host = new HostUnderTest([FakeTool.Echo()]);
        await using var client = await host.ConnectAsync(era);
        var error = await Assert.ThrowsAsync<McpProtocolException>(() => CallAsync(client, "nope", []));
        Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
    }

    [Theory, MemberData(nameof(Eras))]
    public async Task FailingTool_IsAnErrorResult_WithoutDetails(string era)
    {
        await using var host = new HostUnderTest([FakeTool.Fails(), FakeTool.Mistaken(), FakeTool.Echo()]);
        await using var client = await host.ConnectAsync(era);
        var fault = await CallAsync(client, "fails", []);
        Assert.True(fault.IsError);
        Assert.StartsWith("internal: ", OnlyText(fault), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", OnlyText(fault), StringComparison.Ordinal);
        var mistake = await CallAsync(client, "mistaken", []);
        Assert.True(mistake.IsError);
        Assert.StartsWith("unknown_path: asked for nowhere", OnlyText(mistake), StringComparison.Ordinal);
        var unknown = await CallAsync(client, "echo", new() { ["tekst"] = "x" });
        Assert.True(unknown.IsError);
        Assert.StartsWith("bad_argument: ", OnlyText(unknown), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Eras))]
    public async Task FormatKey_GivesJson_AnyOtherValueIsRefused(string era)
    {
        await using var host = new HostUnderTest([FakeTool.Echo(), FakeTool.Mistaken()]);
        await using var client = await host.ConnectAsync(era);
        Assert.Equal("json:x", OnlyText(await CallAsync(client, "echo", new() { ["text"] = "x" }, "json")));
        foreach (var other in new JsonNode[] { "JSON", "text", 1, true, new JsonArray("json") })
        {
            var refused = await CallAsync(client, "echo", new() { ["text"] = "x" }, other);
            Assert.True(refused.IsError);
            Assert.StartsWith("bad_argument: ", OnlyText(refused), StringComparison.Ordinal);
        }
        var error = JsonNode.Parse(OnlyText(await CallAsync(client, "mistaken", [], "json")))!;
        Assert.Equal("unknown_path", error["error"]!["code"]!.GetValue<string>());
    }

    // Raw lines: the SDK's own client takes its cancel notification back before it is sent (2.3.1).
    [Theory]
    [InlineData(null)]
    [InlineData(Wire.ModernMeta)]
    public async Task CancelledCall_GetsNoAnswer_AndItsThreadEnds(string? meta)
    {
        using var go = new ManualResetEventSlim();
        using var started = new CountdownEvent(1);
        using var ended = new CountdownEvent(1);
        await using var host = new HostUnderTest([FakeTool.Waits(go, started, ended), FakeTool.Echo()]);
        if (meta is null)
        {
            await host.SendAsync(Wire.Initialize());
            await host.NextAsync();
        }
        await host.SendAsync(Wire.Call(2, "waits", meta: meta));
        Assert.True(started.Wait(Scale.Patience, TestContext.Current.CancellationToken));
        await host.SendAsync(Wire.Cancel(77)); // unknown: ignored
        await host.SendAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":"x"}""");
        await host.SendAsync(Wire.Cancel(2));
        Assert.True(ended.Wait(Scale.Patience, TestContext.Current.CancellationToken));
        await host.SendAsync(Wire.Call(3, "echo", """{"text":"x"}""", meta));
        Assert.Equal(3, Wire.Id(await host.NextAsync()));
        await host.EndInputAsync();
        await host.Running.WaitAsync(Scale.Patience, TestContext.Current.CancellationToken);
        Assert.Equal("", await host.RestAsync());
    }

    [Fact]
    public async Task CancelOfAQueuedCall_RemovesItFromTheQueue()
    {
        using var go = new ManualResetEventSlim();
        using var started = new CountdownEvent(1);
        await using var host = new HostUnderTest([FakeTool.Waits(go, started)], settings => settings with { Width = 1 });
        await host.SendAsync(Wire.Initialize());
        await host.NextAsync();
        await host.SendAsync(Wire.Call(2, "waits"));
        Assert.True(started.Wait(Scale.Patience, TestContext.Current.CancellationToken));
        await host.SendAsync(Wire.Call(3, "waits"));
        await host.SendAsync(Wire.Cancel(3));
        go.Set();
        Assert.Equal(2, Wire.Id(await host.NextAsync()));
        Assert.True(started.IsSet);
    }

    [Theory, MemberData(nameof(Eras))]
    public async Task ProgressToken_GetsRisingProgress(string era)
    {
        var time = new ManualTime();
        using var go = new ManualResetEventSlim();
        using var started = new CountdownEvent(1);
        var values = new List<ProgressNotificationValue>();
        await using var host = new HostUnderTest([FakeTool.Waits(go, started)], settings => settings with { Time = time });
        await using var client = await host.ConnectAsync(era);
        var call = client.CallToolAsync("waits", progress: new Listener(values), cancellationToken: TestContext.Current.CancellationToken).AsTask();
        Assert.True(started.Wait(Scale.Patience, TestContext.Current.CancellationToken));
        for (var i = 0; i < 30; i++) time.Advance(TimeSpan.FromMilliseconds(500));
        await EventuallyAsync(() => values.Count >= 2);
        go.Set();
        Assert.Equal("done", OnlyText(await call));
        lock (values)
        {
            values.Sort((left, right) => left.Progress.CompareTo(right.Progress)); // the client hands them out in no order
            Assert.Equal(1, values[0].Progress);
            Assert.Equal(3, values[0].Total);
            Assert.Equal("waiting: 1 of 3 files", values[0].Message);
            Assert.Equal(values.Select(value => value.Progress).Distinct(), values.Select(value => value.Progress));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatGoesOnBehindTheTools_EndsBeforeWaitingCallsAreCancelled(bool isShutdown)
    {
        var (order, waits) = (new ConcurrentQueue<string>(), new TaskCompletionSource());
        var tool = new FakeTool("slow", (_, _, cancellationToken) =>
        {
            waits.SetResult();
            cancellationToken.WaitHandle.WaitOne();
            order.Enqueue("cancelled");
            return "";
        });
        await using var host = new HostUnderTest([tool], settings => settings with { DrainTime = TimeSpan.FromMilliseconds(50), Open = root => new(settings.Open(root).Tools) { End = () => order.Enqueue("ended") } });
        await using var client = await host.ConnectAsync(Wire.Modern);
        _ = CallAsync(client, "slow", []);
        await waits.Task;
        if (isShutdown) host.Shutdown();
        else await host.EndInputAsync();
        await host.Running;
        Assert.Equal("ended", order.First());
    }

    [Fact]
    public async Task Open_IsNotCalledBeforeTheFirstCall_AndOnceOnly()
    {
        var opened = 0;
        await using var host = new HostUnderTest([FakeTool.Echo()], settings => settings with
        {
            Open = root =>
            {
                Interlocked.Increment(ref opened);
                return settings.Open(root);
            },
        });
        await using var client = await host.ConnectAsync(Wire.Modern);
        await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, opened);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CallAsync(client, "echo", new() { ["text"] = "x" })));
        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task Open_ThatFails_IsAnErrorResult_AndTriedAgain()
    {
        var opened = 0;
        await using var host = new HostUnderTest([FakeTool.Echo()], settings => settings with
        {
            Open = root => Interlocked.Increment(ref opened) == 1 ? throw new IOException("gone") : settings.Open(root),
        });
        await using var client = await host.ConnectAsync(Wire.Modern);
        Assert.True((await CallAsync(client, "echo", new() { ["text"] = "x" })).IsError);
        Assert.Equal("text:x", OnlyText(await CallAsync(client, "echo", new() { ["text"] = "x" })));
    }

    [Theory, MemberData(nameof(Eras))]
    public async Task BroadRoot_WithoutClientRoots_IsNotAvailable_AndSaysTheSetting(string era)
    {
        await using var host = new HostUnderTest([FakeTool.Echo()], settings => settings with { Root = settings.Root with { Flag = "/" } });
        await using var client = await host.ConnectAsync(era);
        Assert.Single(await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken));
        var refused = await CallAsync(client, "echo", new() { ["text"] = "x" });
        Assert.True(refused.IsError);
        Assert.StartsWith("not_available: ", OnlyText(refused), StringComparison.Ordinal);
        Assert.Contains("--root DIR", OnlyText(refused), StringComparison.Ordinal);
        Assert.Contains("RLM_MCP_ROOT", OnlyText(refused), StringComparison.Ordinal);
        Assert.Contains("--allow-broad-root", OnlyText(refused), StringComparison.Ordinal);
    }

#pragma warning disable MCP9005 // Roots are deprecated in the 2026-07-28 revision; clients still have them.
    [Theory, MemberData(nameof(Eras))]
    public async Task BroadRoot_UsesTheClientsFirstGoodRoot(string era)
    {
        string? opened = null;
        await using var host = new HostUnderTest([FakeTool.Echo()], settings => settings with
        {
            Root = settings.Root with { Flag = "/" },
            Open = root =>
            {
                opened = root;
                return settings.Open(root);
            },
        });
        var folder = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        await using var client = await host.ConnectAsync(era, new()
        {
            Capabilities = new() { Roots = new() },
            Handlers = new() { RootsHandler = (_, _) => ValueTask.FromResult(new ListRootsResult { Roots = [.. new[] { "file:///", "https://example.org/", "file:///no/such/folder", new Uri(folder).AbsoluteUri }.Select(uri => new Root { Uri = uri })] }) },
        });
        Assert.Equal("text:x", OnlyText(await CallAsync(client, "echo", new() { ["text"] = "x" })));
        Assert.Equal(folder, opened);
    }

    [Theory, MemberData(nameof(Eras))]
    public async Task BroadRoot_WithAClientThatNeverNamesItsRoots_IsNotAvailable(string era)
    {
        await using var host = new HostUnderTest([FakeTool.Echo()], settings => settings with { Root = settings.Root with { Flag = "/" }, RootsTime = TimeSpan.FromMilliseconds(50) });
        var never = new TaskCompletionSource<ListRootsResult>();
        await using var client = await host.ConnectAsync(era, new()
        {
            Capabilities = new() { Roots = new() },
            Handlers = new() { RootsHandler = (_, _) => new ValueTask<ListRootsResult>(never.Task) },
        });
        if (era == Wire.Modern) // here the client asks itself, so only it can give up: the others are the ones to be saved
            _ = CallAsync(client, "echo", new() { ["text"] = "x" });
        else
            Assert.StartsWith("not_available: ", OnlyText(await CallAsync(client, "echo", new() { ["text"] = "x" })), StringComparison.Ordinal);
        await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        never.SetResult(new() { Roots = [] });
    }
#pragma warning restore MCP9005

    [Fact]
    public async Task Shutdown_EndsAtOnce_EvenWithACallAtWork()
    {
        using var go = new ManualResetEventSlim();
        using var started = new CountdownEvent(1);
        using var ended = new CountdownEvent(1);
        await using var host = new HostUnderTest([FakeTool.Waits(go, started, ended)]);
        await host.SendAsync(Wire.Initialize());
        await host.SendAsync(Wire.Call(2, "waits"));
        Assert.True(started.Wait(Scale.Patience, TestContext.Current.CancellationToken));
        host.Shutdown();
        Assert.Equal(0, await host.Running.WaitAsync(Scale.Patience, TestContext.Current.CancellationToken));
        Assert.True(ended.Wait(Scale.Patience, TestContext.Current.CancellationToken));
    }

    private static Task<CallToolResult> CallAsync(ModelContextProtocol.Client.McpClient client, string tool, Dictionary<string, object?> arguments, JsonNode? format = null) =>
        client.CallToolAsync(tool, arguments, options: format is null ? null : new() { Meta = new() { ["rlm-mcp/format"] = format } }, cancellationToken: TestContext.Current.CancellationToken)
            .AsTask().WaitAsync(Scale.Patience, TestContext.Current.CancellationToken);

    private static string OnlyText(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        for (var i = 0; i < 3_000 && !condition(); i++) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }

    private sealed class Listener(List<ProgressNotificationValue> values) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value)
        {
            lock (values) values.Add(value);
        }
    }
}
