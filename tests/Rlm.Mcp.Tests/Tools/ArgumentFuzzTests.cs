using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>Whatever a caller sends: an answer or an error of the contract, never a fault of ours, never anything of the world outside the root.</summary>
public sealed class ArgumentFuzzTests
{
    private static readonly string[] Names = ["path", "view", "depth", "in", "as", "budget", "cursor", "pattern", "mode", "case", "context", "limit", "targets", "unit", "task", "over", "session", "rev", "per", "wait", "nosuch", "", "IN", "\u0000"];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "6000", "1e400", "1e3", "0.5", "99999999999999999999", "\"\"", "\" \"", "\".\"", "\"..\"", "\"../..\"", "\"/\"", "\"/etc/passwd\"", "\"src\"", "\"src/a.cs\"", "\"src/a.cs:1-2\"", "\"src/a.cs:1:1-9\"", "\"src/a.cs#A\"",
        "\"src/a.cs#A.M\"", "\"A.M\"", "\"src/a.cs:1-1@00000000\"", "\"@\"", "\"@s\"", "\"@s[1]\"", "\"@s[99999]\"", "\"@none\"", "\"@s & @s\"", "\"src - @s\"", "\"(\"", "\"((((src\"", "\"src &\"", "\"*\"", "\"**/[\"", "\"lang:\"", "\"lang:cs\"", "\"project:\"", "\"~2\"", "\"A~2\"", "\"A~99999999999\"",
        "\"\\u0000\"", "\"\\ud800\"", "\"a\\udc00b\"", "\"\\u202e\\u001b[31m\"", "\"\\\\u{1b}\"", "\"\\\\u{ffffff}\"", "\"x\\ny\"", "\"(a+)+$\"", "\"(?<=a)b\"", "\"[\"", "\"a{99999}\"", "\"\\\\\"", "\"tree\"", "\"outline\"", "\"projects\"", "\"regex\"", "\"word\"", "\"symbol\"", "\"ranked\"", "\"literal\"",
        "\"insensitive\"", "\"signature\"", "\"type\"", "\"file\"", "\"auto\"", "\"ask\"", "\"a:9999999999\"", "\"src/a.cs:0\"", "\"src/a.cs:999999999-999999999\"", "\"src/a.cs:1:0-0\"", "\"operator +\"", "\".git/config\"", "\".env\"", "\"link\"", "\"C:\\\\x\"", "\"file:///etc/passwd\"", "\"con\"",
        "[]", "[\"\"]", "[\"src/a.cs\",\"nosuch\"]", "[\"@s\",\"@s\"]", "[1]", "[[\"src\"]]", "[\"\\ud800\"]", "{}", "{\"a\":{\"b\":[1]}}",
    ];

    [Fact]
    public void Garbage_GetsAnAnswerOrAnErrorOfTheContract()
    {
        using var bench = new ToolBench();
        bench.Write("src/a.cs", "class A { void M() { } void M(int x) { } int this[int i] => 1; }\n").Write("src/b.md", "# A\n\n## B\n").Write(".env", "TOKEN=topsecret\n").Write("empty", "").Link("link", "/etc");
        bench.Text("search", new { pattern = "class", @as = "s" });
        var cursors = new List<string>();
        for (var file = 0; file < 30; file++) bench.Write($"many/f{file}.txt", "many words in here\n");
        cursors.Add(JsonSerializer.Serialize(bench.Json("search", new { pattern = "many", budget = 300 }, unlimited: false).Str("cursor")));
        cursors.Add(JsonSerializer.Serialize(bench.Json("map", new { budget = 300 }, unlimited: false).Str("cursor")));
        TestScale.ForAll(40_000, random =>
        {
            var tool = RandomRepository.Pick(random, "map", "search", "read", "recurse");
            var arguments = new Dictionary<string, JsonElement>();
            if (random.Next(4) > 0) arguments[tool switch { "search" => "pattern", "read" => "targets", "recurse" => "task", _ => "path" }] = Value(random, cursors);
            for (var count = random.Next(4); count > 0; count--) arguments[Names[random.Next(Names.Length)]] = Value(random, cursors);
            var json = random.Next(2) == 0;
            var result = bench.Call(tool, arguments, json, unlimited: random.Next(2) == 0);
            var shown = $"{tool} {string.Join(", ", arguments.Select(item => $"{item.Key}: {(item.Value.GetRawText() is { Length: > 200 } text ? text[..200] : item.Value.GetRawText())}"))}\n{result.Text}\n{string.Concat(bench.Faults)}";
            Assert.False(result.ErrorCode == ErrorCodes.Internal, shown);
            Assert.DoesNotContain("   at ", result.Text);
            Assert.DoesNotContain("topsecret", result.Text);
            Assert.DoesNotContain("root:x:", result.Text);
            Assert.DoesNotContain(bench.Root, result.Text);
            if (json) _ = JsonNode.Parse(result.Text);
            else if (result.IsError) Assert.True(!result.Text.Contains('\n') && result.Text.StartsWith(result.ErrorCode + ": ", StringComparison.Ordinal) && result.Text.Length < 1_400, shown);
            if (!json) Assert.DoesNotContain('\u202e', result.Text.Split('\n')[0]);
        });
        Assert.Empty(bench.Faults);
    }

    private static JsonElement Value(Random random, List<string> cursors)
    {
        var raw = random.Next(40) switch
        {
            0 => JsonSerializer.Serialize(new string(RandomRepository.Pick(random, 'a', '(', '/', '\u0000', '日', '*', '@', '.', '-'), random.Next(20_000))),
            1 => new string('[', 40) + new string(']', 40),
            2 => JsonSerializer.Serialize(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => (char)random.Next(0xD800)))),
            3 => RandomRepository.Pick(random, [.. cursors]),
            4 => RandomRepository.Pick(random, [.. cursors]) is var cursor ? "\"" + cursor[1..^1].Insert(random.Next(cursor.Length - 2), "x") + "\"" : "",
            5 => JsonSerializer.Serialize(string.Join(RandomRepository.Pick(random, " & ", " | ", " - ", " "), Enumerable.Range(0, random.Next(1, 80)).Select(_ => RandomRepository.Pick(random, "src", "@s", "*.md", "(", ")", "\"", "lang:cs")))),
            _ => Values[random.Next(Values.Length)],
        };
        return JsonDocument.Parse(raw).RootElement;
    }
}
