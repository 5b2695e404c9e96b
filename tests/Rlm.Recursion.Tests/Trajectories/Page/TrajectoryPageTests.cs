using System.Globalization;
using System.Text;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Doubles;
using Rlm.Recursion.Tests.Sessions;
using Rlm.Recursion.Trajectories;
using Rlm.Recursion.Trajectories.Page;

namespace Rlm.Recursion.Tests.Trajectories.Page;

public class TrajectoryPageTests
{
    private const string Hostile = "</pre></title></style><script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\"> '\" &lt; \u202e\u0000\u001b[31m\u200b [a](javascript:pwned=1) ![b](http://evil/x.png) <javascript:pwned>\n\n# h\n|a|b|\n|-|-|\n|1|2|\n";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 5, 0, TimeSpan.Zero);

    private readonly SessionStore _store = new(null, new SteadyTime());
    private readonly FakeContext _context = new();

    [Fact]
    public void Page_OfAnything_HasOnlyItsOwnElements_AndNoLostLink()
    {
        for (var seed = 0; seed < Rounds.Of(1_000); seed++)
        {
            var random = new Random(seed);
            string Text() => random.Next(3) == 0 ? Hostile : SomeSession.Text(random);
            _context.Files[$"src/{seed}.cs"] = Hostile + Text();
            string Handle() => random.Next(2) == 0 ? _context.Handle($"src/{seed}.cs") : random.Next(2) == 0 ? "src/A.cs:1-2@12345678" : Text();
            var children = Enumerable.Range(0, random.Next(4)).Select(_ => Add(SomeSession.Random(random) with { Request = new(Text()), Children = [] })).ToArray();
            var root = Add(SomeSession.Random(random) with
            {
                Request = new(Text()), Answer = new(Text(), random.Next(2) == 0), Children = [.. children, "s-none"], Mode = random.Next(2) == 0 ? "map" : "agent", Scope = ContextScope.Everything,
                Findings = [.. Enumerable.Range(0, random.Next(130)).Select(_ => new Finding(Handle(), random.Next(2) == 0 ? null : Text(), SomeSession.Json(random), Text(), [new(Handle(), Text(), (QuoteCheck)random.Next(3))]))],
                Coverage = new(9, 3, 3, 3) { Reasons = new Dictionary<string, int> { [Text()] = 3 }, Missing = [new(Handle(), Text())] },
            });
            foreach (var id in children.Append(root))
                for (var entry = random.Next(6); entry > 0; entry--)
                    _store.OpenTrajectory(id).Append(new("", 0, ((string[])["model", "tool", "submit", "limit", "error", Hostile])[random.Next(6)])
                    {
                        Tool = Text(), Arguments = SomeSession.Json(random), Result = random.Next(3) == 0 ? Text() : $$"""{"text":{{System.Text.Json.JsonSerializer.Serialize(Text())}},"calls":[]}""", Handles = [Handle(), Handle()], Note = Text(), Seconds = random.NextDouble() * 100, InputTokens = random.Next(),
                    });
            var page = Html(root);
            Assert.True(PageCheck.Fault(page) is null, $"seed {seed}: {PageCheck.Fault(page)}");
            Assert.DoesNotContain(page.EnumerateRunes(), rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')));
            _context.Files.Remove($"src/{seed}.cs");
        }
    }

    [Fact]
    public void UnknownSession_HasNone() => Assert.Null(new TrajectoryPage(_store, _context).Of("s-", Now, null, default));

    [Fact]
    public void Source_StandsThereOnlyWhileItIsWhatWasRead()
    {
        _context.Files["src/A.cs"] = "one\ntwo <b>\nthree\n";
        var handle = _context.Handle("src/A.cs");
        var root = Add(SomeSession.Plain() with { Findings = [new("src/A.cs", null, default, "it is two", [new(handle, "two <b>", QuoteCheck.Exact)])] });
        _store.OpenTrajectory(root).Append(new("", 0, "tool") { Tool = "read", Handles = [handle] });
        var page = Html(root);
        Assert.Contains("""<a class="path" href="#f1l2">src/A.cs:1-3</a>""", page);
        Assert.Contains("""<span class="l cited" id="f1l2"><i>2</i>two &lt;b&gt;""", page);
        _context.Files["src/A.cs"] = "one\nsomething else\nthree\n";
        page = Html(root);
        Assert.DoesNotContain("something else", page);
        Assert.Contains("changed or gone since it was read, so it is not shown", page);
        Assert.Contains("1 × slices without their source, because it has changed or is gone since it was read", page);
    }

    [Fact]
    public void SecretInTheSource_IsMasked_AndLinesKeepTheirNumbers()
    {
        var key = "-----BEGIN RSA PRIVATE KEY-----\n" + string.Concat(Enumerable.Range(0, 4).Select(_ => Convert.ToBase64String(new byte[48]) + "\n")) + "-----END RSA PRIVATE KEY-----\n";
        _context.Files["a.txt"] = "before\n" + key + "after\n";
        var root = Add(SomeSession.Plain());
        _store.OpenTrajectory(root).Append(new("", 0, "tool") { Handles = [_context.Handle("a.txt")] });
        var page = Html(root);
        Assert.Contains("[redacted", page);
        Assert.DoesNotContain("BEGIN RSA", page);
        Assert.Contains("<i>8</i>after", page);
    }

    [Fact]
    public void LongTexts_AreCut_AndEachCutIsStated()
    {
        var root = Add(SomeSession.Plain());
        for (var entry = 0; entry < 310; entry++) _store.OpenTrajectory(root).Append(new("", 0, "tool") { Tool = "read", Result = new string('x', 30_000) });
        var page = Html(root);
        Assert.Contains("10,000 more characters are not on this page", page);
        Assert.Contains("300 × texts cut after 20,000 characters", page);
        Assert.Contains("10 × texts left out or cut, because the page holds 6,000,000 characters of them", page);
        Assert.InRange(page.Length, 6_000_000, 6_300_000);
    }

    [Fact]
    public void LostEntriesAndSessions_AreNamedAtTheTop()
    {
        using var folder = new ScratchFolder();
        var store = new SessionStore(folder.Path, new SteadyTime());
        var state = SomeSession.Plain() with { Children = [SessionStore.NewId()] };
        store.Save(state);
        for (var entry = 0; entry < 3; entry++) store.OpenTrajectory(state.Id).Append(new("", 0, "tool") { Tool = "read" });
        var file = folder.File(".trajectory");
        var bytes = File.ReadAllBytes(file);
        bytes[20] ^= 1;
        File.WriteAllBytes(file, bytes);
        var page = new TrajectoryPage(new(folder.Path, new SteadyTime()), null).Of(state.Id, Now, null, default)!;
        Assert.Contains("1 entry is lost: cut by a crash, or damaged", page);
        Assert.Contains("1 session of this tree is not kept any more", page);
    }

    [Fact]
    public void Coverage_CountsEachFileOfTheScopeOnce()
    {
        for (var seed = 0; seed < Rounds.Of(2_000); seed++)
        {
            var random = new Random(seed);
            var context = new FakeContext();
            for (var file = random.Next(1, 60); file > 0; file--) context.Files[string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => ((char)('a' + random.Next(3))).ToString())) + "/f" + file] = "text\n";
            var paths = context.Files.Keys.ToArray();
            string[] Some() => [.. paths.Where(_ => random.Next(4) == 0)];
            var (read, judged, missing) = (Some(), Some(), Some());
            var root = Add(SomeSession.Plain() with
            {
                Mode = "map", Findings = [.. judged.Select(path => new Finding(context.Handle(path), null, default, "", []))],
                Coverage = new(0, 0, 0, 0) { Missing = [.. missing.Select(path => new MissingUnit(context.Handle(path), "why"))] },
            });
            _store.OpenTrajectory(root).Append(new("", 0, "model") { Handles = [.. read.Select(context.Handle), "gone/x:1-2@12345678"] });
            var map = CoverageTree.Of(Tree(root), paths);
            int[] expected = [missing.Length, judged.Except(missing).Count(), read.Except(judged).Except(missing).Count(), paths.Except(read).Except(judged).Except(missing).Count(), 1];
            Assert.True(expected.SequenceEqual(map.Files), $"seed {seed}: {string.Join(' ', expected)} and not {string.Join(' ', map.Files)}");
            Assert.Equal(paths.Append("gone/x").Order(StringComparer.Ordinal), Leaves(map).Select(leaf => leaf.Path!).Order(StringComparer.Ordinal));
            Assert.Equal(judged.Length, map.Judged);
        }
    }

    [Fact]
    public void Timeline_CountsWhatRanAtOnce()
    {
        for (var seed = 0; seed < Rounds.Of(500); seed++)
        {
            var random = new Random(seed);
            var began = new SteadyTime().GetUtcNow();
            // Whole seconds, of which each is one part: 240 in all.
            var calls = Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(0, 239) is var from ? (From: from, To: random.Next(from + 1, 240)) : default).ToArray();
            var root = Add(SomeSession.Plain() with { Started = began, Seconds = 240, Status = SessionStatus.Complete });
            foreach (var (from, to) in calls) _store.OpenTrajectory(root).Append(new("", 0, "model") { At = began.AddSeconds(to), Seconds = to - from, InputTokens = 3, OutputTokens = 4 });
            var line = Timeline.Of(Tree(root), Now);
            // In the part that begins when one ends and another begins, only one was there; in that in which it ends, it was still there as it began.
            var expected = Enumerable.Range(0, Timeline.Parts).Select(part => Math.Max(calls.Count(call => call.From < part && call.To >= part), calls.Count(call => call.From <= part && call.To > part))).ToArray();
            Assert.True(expected.SequenceEqual(line.Calls), $"seed {seed}:\n{string.Join(' ', expected)}\n{string.Join(' ', line.Calls)}");
            Assert.Equal(7L * calls.Length, line.Spent[^1].Tokens);
            Assert.Equal(calls.Length, line.Spent[^1].Calls);
        }
    }

    [Theory]
    [InlineData("[a](https://example.org \"t\")", "<p><a href=\"https://example.org\" rel=\"noreferrer noopener\">a</a></p>")]
    [InlineData("[a](javascript:x) b", "<p>a (javascript:x) b</p>")]
    [InlineData("[a](  &#106;avascript:x)", "<p>a (javascript:x)</p>")]
    [InlineData("![a](https://example.org/x.png)", "<p>a (https://example.org/x.png)</p>")]
    [InlineData("<javascript:x> <https://a.org> <a@b.org>", "<p>javascript:x <a href=\"https://a.org\" rel=\"noreferrer noopener\">https://a.org</a> a@b.org</p>")]
    [InlineData("[a](file:///etc/passwd)", "<p>a (file:///etc/passwd)</p>")]
    [InlineData("[a]: data:text/html,x\n\n[a]", "<p>a (data:text/html,x)</p>")]
    [InlineData("<b onclick=x>*y*</b>", "<p>&lt;b onclick=x&gt;<em>y</em>&lt;/b&gt;</p>")]
    [InlineData("# a\n### b", "<h3>a</h3>\n<h5>b</h5>")]
    [InlineData("a\u202eb", "<p>a\\u{202e}b</p>")]
    public void AnswerText_CanDoNothing(string markdown, string html) => Assert.Equal(html, AnswerText.Of(markdown)!.Value.Text.TrimEnd());

    [Theory]
    [InlineData("{\"none\": 3}")]
    [InlineData(" [1]")]
    public void AnswerText_OfJson_IsNone(string json) => Assert.Null(AnswerText.Of(json));

    [Fact]
    public void AnswerText_TooDeepOrTooLong_IsNone()
    {
        Assert.Null(AnswerText.Of(new string('>', 5_000)));
        Assert.Null(AnswerText.Of(new string('a', 40_001)));
    }

    [Fact]
    public void NameWithABreakInIt_IsCompletedOnlyByTheHashOfItsText()
    {
        (_context.Files["deep/a b.cs"], _context.Files["c\u202ed.cs"], _context.Files["b.txt"]) = ("one\n", "two\n", "three\n");
        var (broken, shown) = (_context.Handle("deep/a b.cs")["deep/a ".Length..], _context.Handle("c\u202ed.cs").Replace("\u202e", "\\u{202e}", StringComparison.Ordinal));
        var root = Add(SomeSession.Plain());
        _store.OpenTrajectory(root).Append(new("", 0, "tool") { Handles = [broken, shown, "b.cs:1-1@00000000", _context.Handle("b.txt")] });
        var names = new WholeNames([.. _context.Files.Keys], _context);
        Assert.Equal([_context.Handle("deep/a b.cs"), _context.Handle("c\u202ed.cs"), "b.cs:1-1@00000000", _context.Handle("b.txt")], PageSession.Of(TrajectoryNode.Load(root, _store)!, names, default).Entries[0].Handles);
        Assert.Contains("3 read &#183; 1 gone", Html(root));
    }

    [Fact]
    public void CountedAnswer_IsATable()
    {
        var page = Html(Add(SomeSession.Plain() with { Answer = new("""{"none<": 2, "guarded": 40}""", true) }));
        Assert.Matches("guarded</th><td class=\"n\">40</td>.*none&lt;</th><td class=\"n\">2</td>", page);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("[a](")]
    [InlineData("*a ")]
    [InlineData("*a**b ")]
    [InlineData("`a``")]
    [InlineData("<a")]
    [InlineData("~~a ")]
    [InlineData("|a")]
    [InlineData("&#")]
    [InlineData("- ")]
    [InlineData("[a]: b\n")]
    [InlineData("\\")]
    [InlineData("a|\n-|\n")]
    public void AnswerText_OfABomb_TakesSeconds(string piece)
    {
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        AnswerText.Of(string.Concat(Enumerable.Repeat(piece, 39_999 / piece.Length)));
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalSeconds < 10, $"{System.Diagnostics.Stopwatch.GetElapsedTime(begun)}");
    }

    [Fact]
    public void ManyLongAnswers_AreFormattedUpToATotal_AndTheRestIsThereAsText()
    {
        var children = Enumerable.Range(0, 20).Select(at => Add(SomeSession.Plain() with { Answer = new($"**n{at}** {new string('a', 39_000)}", true) })).ToArray();
        var page = Html(Add(SomeSession.Plain() with { Children = children }));
        Assert.Contains("<strong>n9</strong>", page);
        Assert.DoesNotContain("<strong>n10</strong>", page);
        Assert.Contains("**n10**", page);
    }

    [Fact]
    public void UnitsWithoutAName_AreStatedBesideTheMap()
    {
        var state = SomeSession.Plain() with { Mode = "map", Coverage = new(300, 100, 0, 200) { Missing = [.. Enumerable.Range(0, 100).Select(at => new MissingUnit($"src/{at}.cs:1-2@12345678", "why"))] } };
        Assert.Contains("Not all units without a valid answer have a name", Html(Add(state)));
        Assert.DoesNotContain("Not all units without a valid answer have a name", Html(Add(state with { Id = SessionStore.NewId(), Coverage = state.Coverage with { Judged = 200, Skipped = 100 } })));
    }

    private PageSession Tree(string id) => PageSession.Of(TrajectoryNode.Load(id, _store)!, new([], null), default);

    private static IEnumerable<CoverageFolder> Leaves(CoverageFolder folder) => folder.Path is not null ? [folder] : folder.Items.SelectMany(Leaves);

    private string Html(string id) => new TrajectoryPage(_store, _context).Of(id, Now, null, default)!;

    private string Add(SessionState state)
    {
        _store.Save(state);
        return state.Id;
    }
}
