using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tests.Tools;
using Rlm.Recursion;
using Rlm.Scripted;

namespace Rlm.Mcp.Tests.Sessions;

/// <summary>The real tools over a folder, with a scripted model on loopback or, without one, the client's own sub-agents.</summary>
public sealed partial class SessionToolsTests
{
    private static readonly string[] All = ["src"];

    private static ToolBench Bench(ScriptedModelServer? server, int files = 3, RecursionOptions? options = null)
    {
        var recursion = (options ?? new()) with { Model = server is null ? "host" : "anthropic:claude-sonnet-4-5" };
        var bench = new ToolBench
        {
            Recursion = recursion,
            BackEnds = new(recursion, name => name switch { "ANTHROPIC_API_KEY" => "key", "ANTHROPIC_BASE_URL" => server?.Url.ToString(), _ => null }, null),
        };
        for (var file = 0; file < files; file++) bench.Write($"src/f{file}.txt", $"first of {file}\nsecond of {file}\nthird\n");
        return bench.Write("other/secret.txt", "the hidden word\n");
    }

    // One true item for each unit; the value may be long.
    private static ScriptedReply Judged(ScriptedRequest request, Func<string, string>? value = null) => ScriptedReply.Call("answer", new
    {
        items = Unit().Matches(request.Text).Select(match => new { unit = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), value = value?.Invoke(match.Groups[2].Value) ?? "yes", citations = new[] { new { handle = match.Groups[2].Value, quote = match.Groups[3].Value } } }),
    });

    [Fact]
    public async Task Map_HasTheContractsShape()
    {
        await using var server = new ScriptedModelServer(request => Judged(request));
        using var bench = Bench(server);
        var answer = bench.Json("recurse", new { task = "judge", over = All, mode = "map", per = "file", merge = "count" });
        foreach (var name in (string[])["session", "parent", "depth", "mode", "backend", "status", "answer", "ready", "findings", "coverage", "children", "spent", "budget"]) Assert.True(answer.ContainsKey(name), name);
        Assert.Equal(("map", "anthropic:claude-sonnet-4-5", "complete", true, 0), (answer.Str("mode"), answer.Str("backend"), answer.Str("status"), answer.Bool("ready"), answer.Int("depth")));
        Assert.Equal(3, JsonNode.Parse(answer.Str("answer")!)!.Int("yes"));
        Assert.Equal((3, 3, 0, 0), (answer["coverage"]!.Int("units"), answer["coverage"]!.Int("judged"), answer["coverage"]!.Int("failed"), answer["coverage"]!.Int("skipped")));
        Assert.Equal(["unit", "symbol", "value", "text", "citations"], answer.List("findings").First().Select(pair => pair.Key));
        Assert.Equal(["handle", "quote", "checked"], answer.List("findings").First().List("citations").Single().Select(pair => pair.Key));
        Assert.Equal(["calls", "input_tokens", "output_tokens", "usd", "seconds", "root_tokens", "tree_tokens"], answer["spent"]!.AsObject().Select(pair => pair.Key));
        Assert.All(answer.List("findings"), finding => Assert.Equal("exact", finding.List("citations").Single().Str("checked")));
        var text = bench.Text("session", new { id = answer.Str("session") });
        Assert.StartsWith($"session {answer.Str("session")} · complete · 1 of 64 calls, ", text);
        Assert.Contains("\ncoverage: 3 units = 3 judged + 0 failed + 0 skipped", text);
        Assert.Empty(bench.Faults);
    }

    [Fact]
    public async Task QuoteUnderAHandleOfOtherText_IsShownWhereItStands()
    {
        await using var server = new ScriptedModelServer(request => ScriptedReply.Call("answer", new
        {
            items = new[]
            {
                new { unit = 1, value = "a", citations = new[] { new { handle = "src/f0.txt:1-1@00000000", quote = "second of 0" }, new { handle = "src/f0.txt:1-1@00000000", quote = "second  of\n0 third" }, new { handle = "src/f0.txt:1-1@00000000", quote = "not there" } } },
            },
        }));
        using var bench = Bench(server, files: 1);
        var citations = bench.Json("recurse", new { task = "judge", over = All, mode = "map", merge = "none" }).List("findings").Single().List("citations").ToList();
        Assert.Equal(["exact", "whitespace", "false"], citations.Select(citation => citation.Str("checked")));
        Assert.StartsWith("src/f0.txt:2-2@", citations[0].Str("handle"));
        Assert.StartsWith("src/f0.txt:2-3@", citations[1].Str("handle"));
        Assert.Equal("src/f0.txt:1-1@00000000", citations[2].Str("handle"));
        Assert.Equal("second of 0\n", bench.Json("read", new { targets = citations[0].Str("handle") }).List("slices").Single().Str("text"));
    }

    [Fact]
    public async Task PartialResult_NamesWhatIsMissing()
    {
        await using var server = new ScriptedModelServer(request => ScriptedReply.Call("answer", new { items = new[] { new { unit = 1, value = "yes" } } }));
        using var bench = Bench(server);
        var answer = bench.Json("recurse", new { task = "judge", over = All, mode = "map", merge = "none", limits = new { calls = 1 } });
        Assert.Equal(("partial", 2), (answer.Str("status"), answer.List("missing").Count()));
        Assert.StartsWith("src/f1.txt:1-3@", answer.List("missing").First().Str("unit"));
        var text = bench.Text("session", new { id = answer.Str("session") });
        Assert.Contains($"\nnot judged: {answer.List("missing").First().Str("unit")}, {answer.List("missing").Last().Str("unit")} (", text);
        Assert.Contains("\nnext: recurse(task: \"judge\", over: [\"src\"], mode: \"map\", merge: \"none\") judges what is missing", text);
    }

    [Fact]
    public async Task IdenticalRequest_CostsNoSecondCall()
    {
        await using var server = new ScriptedModelServer(request => Judged(request));
        using var bench = Bench(server);
        var request = new { task = "judge", over = All, mode = "map", merge = "none" };
        bench.Json("recurse", request);
        Assert.Equal(0, bench.Json("recurse", request)["spent"]!.Int("calls"));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("ask")]
    [InlineData("map")]
    [InlineData("agent")]
    public async Task DryRun_SendsNothing(string mode)
    {
        await using var server = new ScriptedModelServer(request => Judged(request));
        using var bench = Bench(server);
        var answer = bench.Json("recurse", new { task = "judge", over = All, mode, dry_run = true });
        Assert.Equal((0, "complete"), (answer["spent"]!.Int("calls"), answer.Str("status")));
        Assert.NotNull(answer["estimate"]);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void DryRunInAClient_OpensNoSessions()
    {
        using var bench = Bench(null);
        var answer = bench.Json("recurse", new { task = "judge", over = All, mode = "map", dry_run = true }, unlimited: false);
        Assert.Equal(("complete", 0), (answer.Str("status"), answer["children"]!.AsArray().Count));
        Assert.Single(bench.Json("session", new { action = "list" }).List("sessions"));
    }

    [Fact]
    public async Task TraitorAgent_ReadsNothingOutside()
    {
        var seen = new StringBuilder();
        await using var server = new ScriptedModelServer(request =>
        {
            lock (seen) seen.Append(request.Body.GetRawText());
            return request.Number > 1 ? ScriptedReply.Call("answer", new { content = "done", ready = true }) : new ScriptedReply
            {
                Calls = [("read", Args("""{"targets":["other/secret.txt"]}""")), ("read", Args("""{"targets":["src/f0.txt","other/secret.txt:1-1"],"unit":"file"}""")), ("search", Args(new { pattern = "hidden", context = 20 })),
                    ("search", Args(new { pattern = "hiden wrd", mode = "symbol" })), ("map", Args(new { path = "other" })), ("map", Args(new { path = "." })), ("search", Args(new { pattern = "hidden", @in = "other" })),
                    ("recurse", Args("""{"task":"read it","over":["other/secret.txt"],"reason":"asked"}""")), ("read", Args(new { targets = "x", session = "s" })), ("read", Args("""{"targets":["../other/secret.txt"]}"""))],
            };
        });
        using var bench = Bench(server);
        var answer = bench.Json("recurse", new { task = "explore", over = All, mode = "agent" });
        Assert.Equal(("complete", 2, 0), (answer.Str("status"), server.Requests.Count, answer["children"]!.AsArray().Count));
        Assert.DoesNotContain("hidden word", seen.ToString());
        Assert.Empty(bench.Faults);
    }

    [Fact]
    public void SessionArgument_NarrowsIsRecordedAndStaysInCursors()
    {
        using var bench = Bench(null, files: 30);
        var parent = bench.Json("recurse", new { task = "judge every file", over = All, mode = "map" }, unlimited: false);
        Assert.Equal("needs_host", parent.Str("status"));
        var session = parent.List("children").First().Str("session")!;
        Assert.StartsWith("out_of_scope: ", bench.Call("read", new { targets = "other/secret.txt", session }).Text);
        Assert.Equal(0, bench.Json("search", new { pattern = "hidden", session }).Int("total"));
        var page = bench.Json("search", new { pattern = "of", session, budget = 300 });
        var next = bench.Json("search", new { cursor = page.Str("cursor") });
        Assert.Equal(60, next.Int("total"));
        var entries = bench.Json("session", new { id = session, action = "trajectory" }).List("trajectory").ToList();
        Assert.Equal(["read", "search", "search", "search"], entries.Select(entry => entry.Str("tool")));
        Assert.StartsWith("out_of_scope", entries[0].Str("note"));
        Assert.StartsWith("unknown_session: ", bench.Call("map", new { session = "s-nosuch" }).Text);
    }

    [Fact]
    public void WhatIsReadUnderASession_CountsOnItsBudget()
    {
        using var bench = Bench(null);
        bench.Write("src/long.txt", string.Concat(Enumerable.Range(0, 300).Select(line => $"line {line} of a long file\n")));
        var parent = bench.Json("recurse", new { task = "judge every file", over = All, mode = "map", limits = new { tokens = 3_000 } }, unlimited: false);
        var session = parent.List("children").Single().Str("session")!;
        var first = bench.Text("read", new { targets = "src/long.txt:1-100", session });
        var spent = bench.Json("session", new { id = session })["spent"]!.Int("input_tokens");
        Assert.InRange(spent, first.Length / 4 - 10, first.Length / 4 + 10);
        Assert.Equal(spent, bench.Json("session", new { id = parent.Str("session") })["spent"]!.Int("tree_tokens"));
        bench.Restart();
        bench.Text("read", new { targets = "src/long.txt:101-300", session });
        bench.Text("read", new { targets = "src/long.txt", session });
        Assert.StartsWith("budget_spent: ", bench.Call("read", new { targets = "src/f0.txt", session }).Text);
        Assert.Equal(3_000, bench.Json("session", new { id = session })["spent"]!.Int("input_tokens"));
        Assert.StartsWith("budget_spent: ", bench.Json("session", new { id = session, action = "trajectory" }).List("trajectory").Last().Str("note"));
        Assert.False(bench.Call("session", new { id = session, action = "submit", findings = new[] { new { unit = "src/f0.txt", value = "x" } } }).IsError);
    }

    [Fact]
    public void HostFlow_MergesAtTheNextWait()
    {
        using var bench = Bench(null);
        var request = new { task = "judge every file", over = All, mode = "map", merge = "count" };
        var parent = bench.Json("recurse", request, unlimited: false);
        var child = parent.List("children").Single();
        Assert.Contains(child.Str("session")!, child.Str("brief"));
        string Submit(object findings) => bench.Call("session", new { id = child.Str("session"), action = "submit", findings }).Text;
        Assert.StartsWith("bad_argument: ", Submit(new[] { new { unit = "other/secret.txt", value = "x" } }));
        Assert.StartsWith("bad_argument: ", bench.Call("session", new { id = parent.Str("session"), action = "submit", answer = "x" }).Text);
        Assert.StartsWith("bad_argument: ", bench.Call("session", new { id = child.Str("session"), action = "submit" }).Text);
        // A submit that left units out may be replaced before the merge.
        Assert.Contains("2 units have no finding", Submit(new[] { new { unit = "src/f0.txt", value = "bad" } }));
        bench.Restart();
        Assert.Contains("3 findings", Submit(Enumerable.Range(0, 3).Select(file => new { unit = $"src/f{file}.txt", value = "good" })));
        var merged = bench.Json("session", new { id = parent.Str("session"), action = "wait" });
        Assert.Equal(("complete", 3), (merged.Str("status"), JsonNode.Parse(merged.Str("answer")!)!.Int("good")));
        Assert.StartsWith("bad_argument: ", Submit(new[] { new { unit = "src/f0.txt", value = "late" } }));
        Assert.Empty(bench.Faults);
    }

    [Theory]
    [InlineData("""{"calls":-1}""", "bad_argument: limits.calls must be a number from 0")]
    [InlineData("""{"calls":"5"}""", "bad_argument: limits.calls must be")]
    [InlineData("""{"usd":null}""", "bad_argument: limits.usd must be")]
    [InlineData("""{"seconds":1e999}""", "bad_argument: limits.seconds must be")]
    [InlineData("""{"money":1}""", "bad_argument: limits has no money; it takes calls")]
    [InlineData("[]", "bad_argument: limits must be an object")]
    public async Task WrongLimits_AreToldAndSpendNothing(string limits, string expected)
    {
        await using var server = new ScriptedModelServer(request => Judged(request));
        using var bench = Bench(server);
        Assert.StartsWith(expected, bench.Error("recurse", $$"""{"task":"judge","mode":"map","limits":{{limits}}}"""));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task WrongBudget_IsToldBeforeAnythingIsSpent()
    {
        await using var server = new ScriptedModelServer(request => Judged(request));
        using var bench = Bench(server);
        Assert.StartsWith("bad_argument: budget 1 is out of range", bench.Error("recurse", new { task = "judge", mode = "map", budget = 1 }));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task LimitsAboveTheOperators_AreClamped()
    {
        await using var server = new ScriptedModelServer(request => Judged(request));
        using var bench = Bench(server);
        Assert.Contains(" · clamped: calls, depth · ", bench.Text("recurse", new { task = "judge", over = All, mode = "map", merge = "none", limits = new { calls = 1_000, depth = 9, tokens = 1_000_000 } }));
    }

    [Theory]
    [InlineData(true, 20_000)]
    [InlineData(false, 10_000)]
    [InlineData(true, 1_000)]
    public async Task LongAnswer_PagesOutToTheCharacter(bool json, int budget)
    {
        var length = budget switch { 1_000 => 3_000, 10_000 => 8_000, _ => 60_000 };
        await using var server = new ScriptedModelServer(request => Judged(request, handle => Long(handle.Split(':')[0], length)));
        using var bench = Bench(server, files: budget < 5_000 ? 3 : 34);
        var whole = bench.Json("recurse", new { task = "judge", over = All, mode = "map", merge = "concat", limits = new { calls = 60 } });
        var expected = whole.Str("answer")!;
        Assert.True(expected.Length >= length, $"{expected.Length}");
        var (joined, findings) = json ? JsonPages(bench, whole.Str("session")!, budget) : TextPages(bench, whole.Str("session")!, budget);
        Assert.True(expected == joined, $"{expected.Length} characters, {joined.Length} of them came");
        Assert.Equal(whole.List("findings").Count(), findings);
    }

    [Fact]
    public async Task Cursor_OutlivesFilesAndNotTheSessionsNextWord()
    {
        await using var server = new ScriptedModelServer(request => Judged(request, _ => new string('x', 3_000)));
        using var bench = Bench(server);
        var first = bench.Json("recurse", new { task = "judge", over = All, mode = "map", merge = "concat", budget = 300 });
        bench.Write("src/new.txt", "more\n");
        var again = bench.Json("session", new { cursor = first.Str("cursor") });
        Assert.Equal(first["answer_part"]!.Int("end"), again["answer_part"]!.Int("start"));
    }

    private static string Long(string name, int length) => new StringBuilder().Insert(0, $"{name} \"é𝒳\\\" 日本\t", (length / 20) + 1).ToString()[..length].TrimEnd('\ud835') + name;

    private static (string Answer, int Findings) JsonPages(ToolBench bench, string id, int budget)
    {
        var (joined, findings) = (new StringBuilder(), 0);
        for (object arguments = new { id, budget }; ;)
        {
            var result = bench.Call("session", arguments, json: true);
            Assert.False(result.IsError, result.Text);
            var page = JsonNode.Parse(result.Text)!;
            Assert.True(Encoding.UTF8.GetByteCount(result.Text) <= budget * 4 || page["findings"]!.AsArray().Count == 1, $"{result.Text.Length}");
            joined.Append(page.Str("answer"));
            findings += page.Int("shown");
            if (page.Str("cursor") is not { } cursor) return (joined.ToString(), findings);
            arguments = new { cursor, budget };
        }
    }

    private static (string Answer, int Findings) TextPages(ToolBench bench, string id, int budget)
    {
        var (joined, findings) = (new StringBuilder(), 0);
        for (object arguments = new { id, budget }; ;)
        {
            var text = bench.Text("session", arguments);
            Assert.InRange(text.Length, 1, 45_000);
            if (Part().Match(text) is { Success: true } part)
            {
                var (from, to) = (int.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(part.Groups[2].Value, CultureInfo.InvariantCulture));
                Assert.Equal(joined.Length + 1, from);
                joined.Append(text, part.Index + part.Length, to - from + 1);
            }
            findings += text.Split('\n').Count(line => line.StartsWith("- src/f", StringComparison.Ordinal));
            if (text.Split('\n')[^1] is var last && !last.StartsWith("cursor: ", StringComparison.Ordinal)) return (joined.ToString(), findings);
            arguments = new { cursor = last["cursor: ".Length..], budget };
        }
    }

    private static JsonObject Args(object arguments) => (arguments is string json ? JsonNode.Parse(json) : System.Text.Json.JsonSerializer.SerializeToNode(arguments))!.AsObject();

    [GeneratedRegex(@"<unit id=""([0-9]+)"" handle=""([^""]*)""[^>]*>\n1\t([^\n]*)")]
    private static partial Regex Unit();

    [GeneratedRegex(@"\nanswer, characters ([0-9]+)-([0-9]+) of [0-9]+:\n")]
    private static partial Regex Part();
}
