using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search.Ranking;

namespace Rlm.Context.Tests.Search.Ranking;

public class TermTests
{
    [Theory]
    [InlineData("fooBar", "foo bar")]
    [InlineData("GetHTTPResponse", "http respons")]
    [InlineData("max_line_size", "max lin siz")]
    [InlineData("_cachedURLs", "cach url")]
    [InlineData("Utf8Reader", "utf8 utf read")]
    [InlineData("md5hash", "md5 md hash")]
    [InlineData("x = 42 + 0x1F", "")]
    [InlineData("public static void", "")]
    [InlineData("Größenänderung", "größenänderung")]
    [InlineData("名前", "名前")]
    [InlineData("ǅ", "")]
    public void Text_IsSplitIntoStems(string text, string stems) =>
        Assert.Equal(stems.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(stem => TermHash.OfStem(stem)), Terms(text).Stems);

    [Theory]
    [InlineData("fooBar", true)]
    [InlineData("Expression", true)]
    [InlineData("a_b", true)]
    [InlineData("expression", false)]
    [InlineData("_field", false)]
    public void Name_IsAlsoKeptWhole(string text, bool isKept)
    {
        Assert.Equal(isKept ? [TermHash.OfName(text)] : [], Terms(text).Names);
        Assert.NotEqual(0UL, TermHash.OfName(text));
    }

    [Fact]
    public void NameInAnyCase_IsOneTerm() => Assert.Equal(TermHash.OfName("JsonReader"), TermHash.OfName("_jsonReader"));

    [Theory]
    [InlineData("serialize serializes serializing serialized serializer serializers serialization")]
    [InlineData("validate validating validation validator")]
    [InlineData("entity entities")]
    [InlineData("map mapped mapping maps")]
    [InlineData("call calls called calling caller")]
    [InlineData("type types typed")]
    [InlineData("class classes")]
    [InlineData("read reader reading")]
    public void FormsOfAWord_AreOneTerm(string words) => Assert.Single(words.Split(' ').SelectMany(word => Terms(word).Stems).Distinct());

    [Theory]
    [InlineData("string strings", "string")]
    [InlineData("status", "status")]
    [InlineData("this is", "")]
    [InlineData("axis", "axis")]
    [InlineData("bring", "bring")]
    public void Stem_LeavesWhatIsNoEnding(string words, string stem) => Assert.Equal(stem.Length == 0 ? [] : [TermHash.OfStem(stem)], Terms(words).Stems.Distinct());

    [Fact]
    public void HugeWord_IsLeftOut() => Assert.Empty(Terms(new string('a', 100_000)).Stems);

    [Fact]
    public void NameWeighsMoreThanBody()
    {
        var text = FileText.Of("class C\n{\n    int Scale(int by)\n    {\n        return by;\n    }\n    int Other(int by)\n    {\n        return Scale(by);\n    }\n}");
        var content = new ContentExtractor().Extract(1, text, Outliner.Outline(new RepoPath("a.cs"), "csharp", text, default));
        var found = content.Postings.ToArray().Where(posting => posting.Term == TermHash.OfName("Scale")).ToArray();
        Assert.Equal(["C", "Scale", "Other"], content.Names);
        Assert.Equal([1, 2], found.Select(posting => posting.Unit));
        Assert.True(found[0].Impact > found[1].Impact * 1.5);
    }

    [Fact]
    public void Extraction_DoesNotDependOnWhatCameBefore()
    {
        var texts = new[] { "class A { int X() { return 1; } }", "# a\nword word", string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"void name{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}{(char)('a' + (i / 676))}x();")) };
        var used = new ContentExtractor();
        foreach (var name in (string[])["a.cs", "b.md", "c.c", "a.cs"])
        {
            var text = FileText.Of(texts[name[0] - 'a']);
            var outline = Outliner.Outline(new RepoPath(name), Languages.OfFileName(name), text, default);
            Assert.Equal(new ContentExtractor().Extract(1, text, outline).Postings.ToArray(), used.Extract(1, text, outline).Postings.ToArray());
        }
    }

    private static (List<ulong> Stems, List<ulong> Names) Terms(string text)
    {
        var sink = new Sink([], []);
        TermSplitter.Split(text, ref sink);
        return (sink.Stems, sink.Names);
    }

    private readonly record struct Sink(List<ulong> Stems, List<ulong> Names) : ITermSink
    {
        public void AddName(ulong term) => Names.Add(term);

        public void AddStem(ulong term) => Stems.Add(term);
    }
}
