using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rlm.Clients.Tests;

/// <summary>Claude Code's own sub-agents do the work of <c>recurse</c>, without a key of ours; and Claude Code is the model of <c>rlm-mcp ask</c>.</summary>
[Collection(OneAtATime.Name)]
public partial class SubAgentTests
{
    private const string SessionTool = "mcp__rlm__session";
    private const int LargeFiles = 3, MostBriefs = 5;

    [Fact]
    public async Task ClaudeCode_RunsBriefsInItsSubAgents_AndGetsTheMergedAnswer()
    {
        var claude = await ClientPackages.ClaudeCodeAsync();
        using var workspace = new Workspace();
        for (var at = 0; at < LargeFiles; at++) File.WriteAllText(Path.Combine(workspace.Repository, $"Large{at}.cs"), LargeFile(at));
        using var model = new ScriptedModel(request => BriefOf(request) is { } brief ? Child(brief) : Parent());
        var outcome = await ClientRun.RunAsync(claude, ClaudeCodeTests.Arguments(workspace, "Agent", "Task"), workspace.Repository, ClaudeCodeTests.Environment(workspace, model, legacy: true), Script.Limit);

        Assert.True(outcome.Code == 0, outcome.Output);
        var calls = workspace.Exchanges().Where(exchange => exchange.Method == "tools/call").ToList();
        var briefs = Brief().Matches(calls.First(call => call.Tool == "recurse").Text).Select(match => match.Groups["id"].Value).ToList();
        Assert.True(briefs.Count is >= 2 and <= MostBriefs, calls[0].Text);
        foreach (var id in briefs)
        {
            Assert.Contains(calls, call => call.Tool == "search" && call.Parameters["arguments"]!["session"]?.GetValue<string>() == id);
            var read = calls.First(call => call.Tool == "read" && call.Parameters["arguments"]!["session"]?.GetValue<string>() == id);
            Assert.NotEqual(true, read.Answer!["result"]!["isError"]?.GetValue<bool>());
            var submit = calls.First(call => call.Tool == "session" && call.Parameters["arguments"]!["id"]?.GetValue<string>() == id);
            Assert.Contains("1 of 1 quotes stand where they say", submit.Text, StringComparison.Ordinal);
        }
        var merged = calls[^1];
        Assert.Equal(("session", "wait"), (merged.Tool, merged.Parameters["arguments"]!["action"]!.GetValue<string>()));
        Assert.All(briefs, id => Assert.Contains($"answer of {id}", merged.Text, StringComparison.Ordinal));
        Assert.Contains($"citations: {briefs.Count} of {briefs.Count} stand where they say", merged.Text, StringComparison.Ordinal);
        Assert.Contains(Script.Final, outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClaudeCode_AsTheModelOfAsk_AnswersWithCheckedQuotes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is stood in for by a shell script that names the scripted model");
        var claude = await ClientPackages.ClaudeCodeAsync();
        using var workspace = new Workspace();
        using var model = new ScriptedModel(Turn.Say("no tools were to be offered")) { Plain = Answer };
        var program = workspace.Write("bin/claude", $"#!/bin/sh\nANTHROPIC_BASE_URL='{model.Address}' ANTHROPIC_API_KEY=dummy exec '{claude}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var environment = workspace.Environment(("PATH", Path.GetDirectoryName(program) + ":" + System.Environment.GetEnvironmentVariable("PATH")));
        var outcome = await ClientRun.RunAsync(Served.Server, ["ask", "--root", workspace.Repository, "--model", "cli:claude", "What does the pump do?"], workspace.Repository, environment, Script.Limit);

        Assert.True(outcome.Code == 0, outcome.Output);
        Assert.Contains("model cli:claude", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("It adds one.", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("citations: 1 of 1 stand where they say", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(model.Requests, request => request.Contains("What does the pump do?", StringComparison.Ordinal) && request.Contains("public int Run", StringComparison.Ordinal));
    }

    // Sub-agents are begun together or one after the other, as the client likes; a turn for each.
    private static List<Turn> Parent() =>
    [
        Turn.Call("recurse", new JsonObject { ["task"] = "Which steps are there?", ["mode"] = "agent" }),
        .. Enumerable.Range(0, MostBriefs).Select(at => Turn.Call("Agent", told => Hand(Briefs(told[0]), at))),
        Find,
        Turn.Call(SessionTool, told => new() { ["id"] = Waiting().Match(told[0]).Groups[1].Value, ["action"] = "wait" }),
        Turn.Say(Script.Final),
    ];

    private static List<Turn> Child(Match brief)
    {
        var id = brief.Groups["id"].Value;
        return
        [
            Turn.Call("search", new JsonObject { ["pattern"] = "Step", ["session"] = id, ["budget"] = 500 }),
            Turn.Call("read", told => new() { ["targets"] = new JsonArray($"{NameOfFile().Match(told[0]).Value}:{Hit().Match(told[0]).Groups["line"].Value}"), ["session"] = id }),
            Find,
            Turn.Call(SessionTool, told => new()
            {
                ["id"] = id, ["action"] = "submit", ["answer"] = $"answer of {id}",
                ["findings"] = new JsonArray(new JsonObject
                {
                    ["unit"] = Handle().Match(told[1]).Value, ["value"] = "steps", ["citations"] = new JsonArray(new JsonObject { ["handle"] = Handle().Match(told[1]).Value, ["quote"] = Hit().Match(told[0]).Groups["text"].Value }),
                }),
            }),
            Turn.Say("submitted"),
        ];
    }

    // The tool session is not always loaded: a model finds it by its name.
    private static Turn Find => Turn.Call("ToolSearch", new JsonObject { ["query"] = $"select:{SessionTool}" });

    private static JsonObject Hand(List<string> briefs, int at) => new() { ["description"] = "Run a brief", ["prompt"] = briefs[Math.Min(at, briefs.Count - 1)], ["subagent_type"] = "general-purpose", ["run_in_background"] = false };

    private static List<string> Briefs(string told) => [.. BriefLine().Split(told).Skip(1)];

    // A conversation that begins with a brief is a sub-agent's.
    private static Match? BriefOf(JsonObject request)
    {
        var first = (request["messages"] as JsonArray)?[0]?["content"]?.ToJsonString() ?? "";
        return Brief().Match(first) is { Success: true } brief ? brief : null;
    }

    private static string Answer(JsonObject request)
    {
        var handle = Handle().Match(Regex.Unescape(request["messages"]!.ToJsonString())).Value;
        return JsonSerializer.Serialize(new { content = "It adds one.", findings = new[] { new { text = "It adds one.", citations = new[] { new { handle, quote = "public int Run(int n) => n + 1;" } } } } });
    }

    private static string LargeFile(int number) => $"namespace Works;\n\npublic class Large{number}\n{{\n"
        + string.Concat(Enumerable.Range(0, 2_000).Select(at => $"    /// <summary>Goes on to the next of many steps, as all of them do.</summary>\n    public int Step{at}(int n) => n + {at};\n")) + "}\n";

    [GeneratedRegex(@"Part \d+ of \d+\. Session (?<id>s-[a-z2-7]+)")]
    private static partial Regex Brief();

    [GeneratedRegex(@"^brief s-[a-z2-7]+:\n", RegexOptions.Multiline)]
    private static partial Regex BriefLine();

    [GeneratedRegex(@"then session\(id: ""(s-[a-z2-7]+)"", action: ""wait""\)")]
    private static partial Regex Waiting();

    [GeneratedRegex(@"\w+\.(cs|md)")]
    private static partial Regex NameOfFile();

    [GeneratedRegex(@"^(?<line>[0-9]+)\t *(?<text>public int Step[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Hit();

    [GeneratedRegex(@"\w+\.cs:\d+-\d+@[0-9a-f]{8}")]
    private static partial Regex Handle();
}
