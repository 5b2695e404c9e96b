using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rlm.Clients.Tests;

/// <summary>The page of a session in a real Chromium: it looks as it should, does nothing, and can be used with a keyboard. <c>RLM_SHOTS=DIR</c> keeps screenshots of it.</summary>
[Collection(OneAtATime.Name)]
public sealed partial class TrajectoryPageTests : IDisposable
{
    private const string Hostile = "</pre></script><script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\"> [a](javascript:window.pwned=1) ![b](http://127.0.0.1:9/x.png) \u202e\u200b";
    private const string HostileName = "a <img src=x onerror='window.pwned=1'>.cs", Long = "a_very_long_name_without_any_place_to_break_it_anywhere_so_that_it_would_push_a_narrow_page_wide";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Workspace _workspace = new();

    public TrajectoryPageTests()
    {
        _workspace.Write($"pumps/{HostileName}", $"// {Hostile}\nclass {Long} {{ }} // {new string('x', 400)}\n");
        _workspace.Write("pumps/deep/er/Valve.cs", "class Valve { }\n");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Page_InChromium_IsReadableUsableAndDoesNothing()
    {
        var (node, playwright, chromium) = await ClientPackages.BrowserAsync();
        using var model = new ScriptedModel(_ => Turns());
        var asked = await RunAsync(model, "ask", $"How does it pump? {Hostile} {Long}", "--mode", "agent");
        Assert.True(asked.Code == 1, asked.Output); // one claim has no support
        var file = _workspace.Write("run.html", "");
        var written = await RunAsync(model, "trace", await NewestAsync(model), "--html", file);
        Assert.True(written.Code == 0, written.Output);
        string[] shots = System.Environment.GetEnvironmentVariable("RLM_SHOTS") is { Length: > 0 } folder ? [folder] : [];
        var looked = await ClientRun.RunAsync(node, [Script("page.cjs"), playwright, chromium, file, .. shots], _workspace.Repository, null, Limit);
        Assert.True(looked.Code == 0, looked.Output);
        var all = JsonNode.Parse(looked.Output.Split('\n').First(line => line.StartsWith('[')))!.AsArray();
        Assert.Equal(4, all.Count);
        Assert.All(all, found => Judge(found!));
    }

    [Fact]
    public async Task Watch_InChromium_FollowsAndKeepsFoldsAndFocus()
    {
        var (node, playwright, chromium) = await ClientPackages.BrowserAsync();
        var release = Path.Combine(_workspace.Home, "release");
        using var model = new ScriptedModel(request => new AnthropicApi().ToolCalls(request) > 0 && !SpinWait.SpinUntil(() => File.Exists(release), Limit) ? [] : Turns());
        var asking = RunAsync(model, "ask", $"How does it pump? {Hostile}", "--mode", "agent");
        using var watch = await WatchAsync(model, asking);
        var address = (await watch.StandardOutput.ReadLineAsync())!;
        var looked = await ClientRun.RunAsync(node, [Script("watch.cjs"), playwright, chromium, address, release], _workspace.Repository, null, Limit);
        await File.WriteAllTextAsync(release, "");
        Assert.True(looked.Code == 0, looked.Output);
        var found = JsonNode.Parse(looked.Output.Split('\n').First(line => line.StartsWith('{')))!;
        var (before, after) = (found["before"]!, found["after"]!);
        Assert.Empty(found["complaints"]!.AsArray());
        Assert.Empty(found["others"]!.AsArray());
        Assert.Contains("running", (string)before["status"]!, StringComparison.Ordinal);
        Assert.Contains("partial", (string)after["status"]!, StringComparison.Ordinal);
        Assert.True((int)after["entries"]! > (int)before["entries"]!);
        Assert.True((bool)before["fold"]! && (bool)after["fold"]!);
        Assert.Equal(("The same as a table", "The same as a table"), ((string)before["focus"]!, (string)after["focus"]!));
        Assert.Equal("undefined", (string)after["pwned"]!);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await watch.WaitForExitAsync(late.Token);
        Assert.Equal(0, watch.ExitCode);
        Assert.Equal(1, (await asking).Code);
    }

    private static void Judge(JsonNode found)
    {
        var where = $"{found["width"]} {found["colorScheme"]}";
        Assert.True(found["complaints"]!.AsArray().Count == 0, $"{where}: {found["complaints"]}");
        Assert.True(found["requests"]!.AsArray().Count == 0, $"{where}: {found["requests"]}");
        Assert.Equal((where, 0, 0), (where, (int)found["sideways"]!, (int)found["sidewaysOpen"]!));
        Assert.True((double)found["contrast"]!["ratio"]! >= 4.5, $"{where}: {found["contrast"]}");
        Assert.Equal((where, "undefined", 0), (where, (string)found["pwned"]!, (int)found["scripts"]!));
        var keyboard = found["keyboard"]!;
        Assert.True((bool)keyboard["fold"]! && (bool)keyboard["link"]!, $"{where}: {keyboard}");
        Assert.Equal("Skip to the content", (string)keyboard["first"]!);
        Assert.True(keyboard["unseen"]!.AsArray().Count == 0, $"{where}: focus is not seen on {keyboard["unseen"]}");
        Assert.Contains("public int Run", (string)found["revealed"]!["text"]!, StringComparison.Ordinal);
        Assert.True((bool)found["revealed"]!["seen"]!, $"{where}: {found["revealed"]}");
        var text = (string)found["text"]!;
        Assert.DoesNotContain("not in scope any more", text, StringComparison.Ordinal); // an odd name is still the name of a file
        Assert.All((string[])["<script>window.pwned=1</script>", "\\u{202e}", "verified", "not verified: no such text there", HostileName, "not opened", "Valve.cs"], said => Assert.Contains(said, text, StringComparison.Ordinal));
    }

    private static IReadOnlyList<Turn> Turns() =>
    [
        Turn.Call("map", new JsonObject()),
        Turn.Call("read", new JsonObject { ["targets"] = new JsonArray("Pump.cs", HostileName) }),
        Turn.Call("answer", said => new JsonObject
        {
            ["content"] = $"## It adds one\n\n{Hostile}\n\n```\n{new string('y', 300)}\n```\n",
            ["ready"] = true,
            ["findings"] = new JsonArray(Claim("It adds one.", said, "public int Run(int n) => n + 1;"), Claim(Hostile + Long, said, "nothing of the kind " + Hostile)),
        }),
        Turn.Call("answer", said => new JsonObject { ["content"] = Hostile, ["ready"] = true, ["findings"] = new JsonArray(Claim("It adds one.", said, "public int Run(int n) => n + 1;"), Claim(Hostile + Long, said, "nothing of the kind " + Hostile)) }),
    ];

    private static JsonObject Claim(string text, IReadOnlyList<string> said, string quote) => new()
    {
        ["text"] = text,
        ["citations"] = new JsonArray(new JsonObject { ["handle"] = Handle().Match(string.Join('\n', said)).Value, ["quote"] = quote }),
    };

    private async Task<string> NewestAsync(ScriptedModel model) => Session().Match((await RunAsync(model, "sessions")).Output).Value;

    // It may be started before there is a session to follow: it is asked again until one runs.
    private async Task<Process> WatchAsync(ScriptedModel model, Task asking)
    {
        while (!(await RunAsync(model, "sessions")).Output.Contains(" running ", StringComparison.Ordinal)) Assert.False(asking.IsCompleted);
        var start = new ProcessStartInfo(Served.Server, ["trace", "--watch"]) { WorkingDirectory = _workspace.Repository, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var (name, value) in Environment(model)) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private Task<Outcome> RunAsync(ScriptedModel model, params string[] arguments) => ClientRun.RunAsync(Served.Server, arguments, _workspace.Repository, Environment(model), Limit);

    private Dictionary<string, string> Environment(ScriptedModel model) => _workspace.Environment(("ANTHROPIC_API_KEY", "dummy"), ("ANTHROPIC_BASE_URL", model.Address), ("RLM_MCP_MODEL", "anthropic:claude-sonnet-4-5"));

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Browser", name);

    [GeneratedRegex(@"Pump\.cs:[0-9]+-[0-9]+@[0-9a-f]{8}")]
    private static partial Regex Handle();

    [GeneratedRegex("s-[a-z2-7]{26}")]
    private static partial Regex Session();
}
