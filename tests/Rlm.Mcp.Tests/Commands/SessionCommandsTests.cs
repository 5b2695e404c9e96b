using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rlm.Mcp.Commands;
using Rlm.Scripted;

namespace Rlm.Mcp.Tests.Commands;

/// <summary>Commands that look after sessions, with a scripted model.</summary>
public sealed partial class SessionCommandsTests : IDisposable
{
    private const string Odd = "two\r\nlines, \u001b[31m and no line end: ä 😀";
    private readonly ScriptedModel _model;
    private readonly CommandFixture _fixture;
    private static readonly string[] Files = ["a.txt", "b.txt"];

    private string _content = Odd;

    public SessionCommandsTests()
    {
        _model = new(turn => ScriptedReply.Call("answer", new JsonObject { ["content"] = _content }));
        _fixture = new() { Model = _model };
        _fixture.File("root/a.txt", "needle\n");
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Out_IsTheAnswerToTheByte()
    {
        var code = Ask("--out", "../answer.txt");
        Assert.True(code == ExitCodes.Done, _fixture.Error + _fixture.Out);
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(Odd), File.ReadAllBytes(Path.Combine(_fixture.Folder, "answer.txt")));
        Assert.Equal(["answer.txt", "home", "root"], Directory.GetFileSystemEntries(_fixture.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("bytes written to ../answer.txt", _fixture.Error);
    }

    [Theory]
    [InlineData("answer.txt", "inside the root")]
    [InlineData("../home/../root/sub/x", "inside the root")]
    [InlineData("../link/x", "inside the root")]
    [InlineData("../home", "is a folder")]
    [InlineData("../nosuch/x", "there is no folder")]
    [InlineData("", "the name is empty")]
    public void Out_ToAWrongPlace_IsRefusedBeforeAnythingIsSpent(string path, string expected)
    {
        if (path.Contains("link", StringComparison.Ordinal)) Directory.CreateSymbolicLink(Path.Combine(_fixture.Folder, "link"), _fixture.Root);
        Assert.Equal(ExitCodes.BadUsage, Ask("--out", path));
        Assert.Contains(expected, _fixture.Error);
        Assert.Equal(0, _model.Requests);
        Assert.Equal(["a.txt"], Directory.GetFileSystemEntries(_fixture.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void Out_WithoutAnAnswer_LeavesTheFileAlone()
    {
        _fixture.File("answer.txt", "before");
        Assert.Equal(ExitCodes.Failed, _fixture.Run("ask", "needle", "--out", "../answer.txt"));
        Assert.Equal("before", _fixture.Read("answer.txt"));
        Assert.Contains("nothing was written", _fixture.Error);
    }

    [Fact]
    public void Sessions_IsTheList()
    {
        Ask();
        Assert.Equal(ExitCodes.Done, _fixture.Run("sessions"));
        Assert.Contains($"{Id()} complete ask openai:m@http://localhost:9/v1", _fixture.Out);
    }

    [Fact]
    public void Trace_IsTheWholeTree()
    {
        Ask();
        Assert.Equal(ExitCodes.Done, _fixture.Run("trace", Id()));
        Assert.Matches($@"(?m)^{Id()} ask complete: 1 calls, 10\+5 tokens, .*: needle\?$", _fixture.Out);
        Assert.Matches(@"(?m)^  1 ask 10\+5 tokens", _fixture.Out);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(140)]
    public void OnATerminal_SessionsAreATable_AndATraceATree(int columns)
    {
        Ask();
        var id = Id();
        _fixture.IsTerminal = true;
        (_fixture.Variables["COLUMNS"], _fixture.Variables["TERM"], _fixture.Variables["NO_COLOR"]) = ($"{columns}", "xterm", "1");
        Assert.Equal(ExitCodes.Done, _fixture.Run("sessions"));
        Assert.Equal(ExitCodes.Done, _fixture.Run("trace", id));
        Assert.Matches($@"(?m)^ {id} +✓ complete +{(columns > 100 ? "ask +" : "")}now +1 {(columns > 100 ? "+–" : "")} +needle\?", _fixture.Out);
        Assert.Matches(@"(?m)^└── 1 ask 10\+5 tokens", _fixture.Out);
        Assert.All(_fixture.Out[_fixture.Out.IndexOf(" session ", StringComparison.Ordinal)..].Split('\n'), line => Assert.InRange(line.Length, 0, columns));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    public void OnANarrowTerminal_EverySessionIsThere(int columns)
    {
        Ask();
        var id = Id();
        _fixture.IsTerminal = true;
        (_fixture.Variables["COLUMNS"], _fixture.Variables["TERM"], _fixture.Variables["NO_COLOR"]) = ($"{columns}", "xterm", "1");
        Assert.Equal(ExitCodes.Done, _fixture.Run("sessions"));
        Assert.Contains(id + "✓complete", string.Concat(_fixture.Out.Split('\n', ' ')), StringComparison.Ordinal);
    }

    // An agent reads lines from the middle of a key; the file around them says what they are.
    [Fact]
    public void HtmlsSources_MaskAPartOfAKey_AndLinesKeepTheirNumbers()
    {
        string[] key = ["-----BEGIN RSA PRIVATE KEY-----", .. Enumerable.Range(0, 12).Select(line => new string((char)('A' + line), 64)), "-----END RSA PRIVATE KEY-----"];
        using var fixture = new CommandFixture { Model = new ScriptedModel(turn => turn.Messages.Any(message => message.Contents.OfType<Microsoft.Extensions.AI.FunctionResultContent>().Any())
            ? ScriptedReply.Call("answer", new JsonObject { ["content"] = "done", ["ready"] = true })
            : ScriptedReply.Call("read", new JsonObject { ["targets"] = new JsonArray("k.txt:5-9", "k.txt:1-16") })) };
        fixture.File("root/k.txt", string.Join('\n', [.. key, "// the sixteenth line follows", "key = sk-ant-api03-" + new string('a', 93) + "AA", ""]));
        fixture.Run("ask", "needle?", "--mode", "agent", "--model", "openai:m@http://localhost:9/v1");
        Assert.Equal(ExitCodes.Done, fixture.Run("trace", IdPattern().Match(fixture.Out).Value, "--html", "../run.html"));
        var page = fixture.Read("run.html");
        Assert.DoesNotMatch(@"<i>5</i>[^\n]*D{64}", page);
        Assert.DoesNotMatch(@"<i>7</i>[^\n]*F{64}", page);
        Assert.Matches(@"<i>15</i>[^\n]*// the sixteenth line follows", page);
    }

    [Theory]
    [InlineData(ExitCodes.BadUsage, "trace needs the id", "trace")]
    [InlineData(ExitCodes.Failed, "unknown_session", "trace", "s-nosuch")]
    [InlineData(ExitCodes.Failed, "unknown_session", "trace", "s-nosuch", "--replay")]
    [InlineData(ExitCodes.Failed, "unknown_session", "trace", "s-nosuch", "--html", "../x")]
    [InlineData(ExitCodes.BadUsage, "--html: ", "trace", "s-nosuch", "--html", "x")]
    public void Trace_OfNothing_IsToldInOneLine(int code, string expected, params string[] line)
    {
        Assert.Equal(code, _fixture.Run(line));
        Assert.Contains(expected, _fixture.Error);
        Assert.Single(_fixture.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Html_IsOnePageThatRunsAndLoadsNothing()
    {
        _content = "</pre><script>alert(1)</script><img src=x onerror='a'> \u202e \"q\"";
        Ask();
        Assert.Equal(ExitCodes.Done, _fixture.Run("trace", Id(), "--html", "../run.html"));
        var page = _fixture.Read("run.html");
        Assert.Contains("&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror='a'&gt; \\u{202e} &quot;q&quot;", page);
        Assert.Contains("default-src 'none'", page);
        Assert.Contains("<h1>needle?</h1>", page);
        Assert.DoesNotContain("<script", page);
        Assert.Contains("<i>1</i>needle", page);
    }

    [Fact]
    public void Html_AfterAnEdit_ShowsNoSourceThatWasNotRead()
    {
        Ask();
        _fixture.File("root/a.txt", "pins\n");
        Assert.Equal(ExitCodes.Done, _fixture.Run("trace", Id(), "--html", "../run.html"));
        var page = _fixture.Read("run.html");
        Assert.DoesNotContain("</i>", page);
        Assert.Contains("changed or gone since it was read", page);
    }

    [Fact]
    public void Replay_GivesTheSameAnswer_AndAsksNobody()
    {
        _content = "a key: sk-ant-api03-" + new string('a', 93) + "AA";
        Ask();
        var asked = _model.Requests;
        Assert.True(_fixture.Run("trace", Id(), "--replay", "--offline") == ExitCodes.Done, _fixture.Out + _fixture.Error);
        Assert.Contains("the answer is the same, byte for byte", _fixture.Out);
        Assert.Equal(asked, _model.Requests);
    }

    [Fact]
    public void Replay_OfAChangedFile_Differs()
    {
        Ask();
        _fixture.File("root/a.txt", "needles and pins\n");
        Assert.Equal(ExitCodes.Failed, _fixture.Run("trace", Id(), "--replay"));
        Assert.Contains("the answer differs: 1 requests are not in the recording", _fixture.Out);
    }

    [Fact]
    public void Replay_OfAnAgentWithChildren_IsTheSame()
    {
        using var fixture = new CommandFixture { Model = new ScriptedModel(Agent) };
        fixture.File("root/a.txt", "needle\n");
        fixture.File("root/b.txt", "haystack\n");
        var code = fixture.Run("ask", "look around", "--mode", "agent", "--model", "openai:m@http://localhost:9/v1");
        Assert.Contains("child s-", fixture.Out);
        var id = IdPattern().Match(fixture.Out).Value;
        Assert.True(fixture.Run("trace", id, "--replay") == ExitCodes.Done, $"{code} {fixture.Out}{fixture.Error}");
        Assert.Contains("the answer is the same, byte for byte", fixture.Out);
    }

    // The root asks two children at once about one file each, then answers with what came back, ids and all.
    private static ScriptedReply Agent(ScriptedTurn turn)
    {
        var replies = turn.Messages.SelectMany(message => message.Contents).OfType<Microsoft.Extensions.AI.FunctionResultContent>().Select(result => result.Result?.ToString()).ToArray();
        if (turn.Text.Contains("fragment 7", StringComparison.Ordinal)) return ScriptedReply.Call("answer", new JsonObject { ["content"] = "a part", ["ready"] = true });
        return replies.Length > 0 ? ScriptedReply.Call("answer", new JsonObject { ["content"] = $"{replies.Length} parts", ["ready"] = true })
            : new() { Calls = [.. Files.Select(file => ("recurse", new JsonObject { ["task"] = $"fragment 7 in {file}", ["over"] = new JsonArray(file), ["mode"] = "agent", ["reason"] = "asked" }))] };
    }

    private int Ask(params string[] more) => _fixture.Run(["ask", "needle?", "--mode", "ask", "--model", "openai:m@http://localhost:9/v1", .. more]);

    private string Id() => IdPattern().Match(_fixture.Out).Value;

    [GeneratedRegex("s-[a-z2-7]{26}")]
    private static partial Regex IdPattern();
}
