using System.Text.Json.Nodes;
using Rlm.Mcp.Commands;
using Rlm.Mcp.Commands.Comparing;
using Rlm.Mcp.Tests.Tools;
using Rlm.Scripted;

namespace Rlm.Mcp.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private const string Model = "openai:m@http://localhost:9/v1";

    private readonly ScriptedModel _model;
    private readonly CommandFixture _fixture;

    public CompareCommandTests()
    {
        _model = new(Reply);
        _fixture = new() { Model = _model };
        _fixture.File("root/src/a.cs", "class Pump\n{\n    const int Retries = 7; // needle\n}\n");
        _fixture.File("root/src/b.cs", "class Valve\n{\n    const int Size = 3;\n}\n");
        _fixture.File("questions.jsonl", """
            {"task":"How many retries does the pump make?","over":["src"],"gold":"SEVEN"}

            {"task":"How large is the valve?","gold":"/size\\s*=\\s*3/"}
            {"task":"What is the valve for?"}
            """);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Table_HasARowForEachWay_AndTheThreeToCompareWith()
    {
        var code = Compare("--vary", "mode=ask,agent", "--vary", "depth=0,1", "--json");
        Assert.True(code is ExitCodes.Done or ExitCodes.Failed, _fixture.Error);
        var rows = JsonNode.Parse(_fixture.Out)!.AsArray().Select(row => row!.AsObject()).ToArray();
        Assert.Equal(["read it all", "ranked search", "no sub-calls (agent depth 0)", "ask", "agent depth 1"], rows.Select(row => row.Str("name")));
        Assert.All(rows, row => Assert.Equal((3, 2), (row.Int("questions"), row.Int("judged"))));
        Assert.Equal((1, 0, 0L), (rows[0].Int("right"), rows[0].Int("calls"), (long)rows[0].Int("treeTokens")));
        Assert.True(rows[0].Int("rootTokens") > 0);
        Assert.Equal((1, 3), (rows[3].Int("right"), rows[3].Int("complete")));
        Assert.Equal((3, 45), (rows[3].Int("calls"), rows[3].Int("treeTokens")));
    }

    [Fact]
    public void Text_IsOneTable()
    {
        Assert.Equal(ExitCodes.Done, Compare("--vary", "mode=ask"));
        Assert.Matches(@"(?m)^\| way +\| +right \| +true quotes \| +root tokens \| +tree tokens \| +calls \| +USD \| +seconds \| +complete \|$", _fixture.Out);
        Assert.Matches(@"(?m)^\| ask +\| +1 of 2 \| +- \| +[0-9]+ \| +45 \| +3 \| +0.00 \| +[0-9.]+ \| +3 of 3 \|$", _fixture.Out);
    }

    [Fact]
    public void SameWayTwice_AnswersNothingFromTheOther()
    {
        Compare("--vary", "mode=ask");
        var once = _model.Requests;
        Compare("--vary", "mode=ask", "--vary", "per=file,symbol");
        Assert.Equal(2 * once, _model.Requests);
    }

    [Fact]
    public void WithoutAModel_ComparesTheWaysWithoutOne()
    {
        Assert.Equal(ExitCodes.Done, _fixture.Run("compare", "../questions.jsonl"));
        Assert.Contains("no model was chosen", _fixture.Error);
        Assert.Contains("| ranked search |", _fixture.Out);
        Assert.DoesNotContain("agent", _fixture.Out);
        Assert.Equal(0, _model.Requests);
    }

    [Theory]
    [InlineData("{}", "line 1: task is missing")]
    [InlineData("\n[1]", "line 2: is not a JSON object")]
    [InlineData("{\"task\":\"x\"}\n{", "line 2: is not JSON")]
    [InlineData("""{"task":7}""", "line 1: task is not a text")]
    [InlineData("""{"task":"x","over":[1]}""", "line 1: over is neither")]
    [InlineData("""{"task":"x","gold":"/(/"}""", "line 1: gold: ")]
    [InlineData("""{"task":"x","gold":""}""", "line 1: gold is empty")]
    [InlineData("""{"task":"x","golf":"y"}""", "line 1: \"golf\" is not known")]
    [InlineData("  \n", "holds no question")]
    public void BadQuestion_IsToldByItsLine(string text, string expected)
    {
        _fixture.File("bad.jsonl", text);
        Assert.Equal(ExitCodes.BadUsage, _fixture.Run("compare", "../bad.jsonl", "--model", Model));
        Assert.Contains(expected, _fixture.Error);
    }

    [Theory]
    [InlineData("--vary: \"speed=1\" varies nothing", "compare", "../questions.jsonl", "--vary", "speed=1")]
    [InlineData("--vary mode: \"mop\" is not a legal value. Did you mean", "compare", "../questions.jsonl", "--vary", "mode=mop")]
    [InlineData("--vary depth: \"5\" is not a legal value", "compare", "../questions.jsonl", "--vary", "depth=5")]
    [InlineData("compare needs a file", "compare")]
    [InlineData("cannot be read", "compare", "../nosuch.jsonl")]
    public void BadLine_IsTold(string expected, params string[] line)
    {
        Assert.Equal(ExitCodes.BadUsage, _fixture.Run(line));
        Assert.Contains(expected, _fixture.Error);
    }

    [Theory]
    [InlineData("mode=map", "per=file,symbol", "map per file, map per symbol")]
    [InlineData("mode=ask,agent", "depth=0,1", "ask, agent depth 0, agent depth 1")]
    [InlineData("mode=auto,map", "per=chunk", "auto per chunk, map per chunk")]
    public void Variants_AreEachOnce(string one, string other, string expected) => Assert.Equal(expected, string.Join(", ", Variant.Of([one, other]).Select(variant => variant.Name)));

    [Theory]
    [InlineData("seven", "It is SEVEN.", true)]
    [InlineData("/^it is (seven|7)\\.$/", "It is 7.", true)]
    [InlineData("/", "a/b", true)]
    [InlineData("//", "a//b", true)]
    [InlineData("seven", "eight", false)]
    [InlineData(null, "x", null)]
    public void Gold_IsATextOrARegularExpression(string? gold, string answer, bool? expected) => Assert.Equal(expected, new ComparedQuestion("x", [], gold).IsRight(answer));

    private static ScriptedReply Reply(ScriptedTurn turn) =>
        ScriptedReply.Call("answer", new JsonObject { ["content"] = turn.Text.Contains("retries", StringComparison.Ordinal) ? "seven" : "no idea", ["ready"] = true });

    private int Compare(params string[] more) => _fixture.Run(["compare", "../questions.jsonl", "--model", Model, .. more]);
}
