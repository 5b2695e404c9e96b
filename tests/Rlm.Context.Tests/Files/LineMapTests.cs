using Rlm.Context.Files;

namespace Rlm.Context.Tests.Files;

public class LineMapTests
{
    [Fact]
    public void EmptyText_HasNoLines()
    {
        var map = new LineMap("");
        Assert.Equal((0, 1, 0), (map.Count, map.LineOf(0), map.All.Count));
        Assert.Equal("", map.Lines(map.All).ToString());
    }

    [Fact]
    public void OnlyLfAndCrLf_EndLines()
    {
        var map = new LineMap("a\rb\u0085c\u2028d\r\ne\n\n\r\n");
        Assert.Equal(["a\rb\u0085c\u2028d", "e", "", ""], Enumerable.Range(1, map.Count).Select(line => map.Line(line).ToString()));
    }

    [Fact]
    public void RandomTexts_AgreeWithANaiveSplitter()
    {
        var random = new Random(TestScale.Seed);
        for (var i = TestScale.Cases(20_000); i > 0; i--)
        {
            var text = new string(random.GetItems<char>("ab\r\n\n\u2028", random.Next(20)));
            var lines = Split(text);
            var map = new LineMap(text);
            var because = $"seed {TestScale.Seed}, '{text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}'";
            Assert.True(map.Count == lines.Count, because);
            var offset = 0;
            for (var line = 1; line <= lines.Count; line++)
            {
                var whole = lines[line - 1];
                var body = whole.EndsWith("\r\n", StringComparison.Ordinal) ? whole[..^2] : whole.EndsWith('\n') ? whole[..^1] : whole;
                Assert.True(map.StartOf(line) == offset && map.EndOf(line) == offset + body.Length && map.EndWithBreak(line) == offset + whole.Length, because);
                Assert.True(map.Line(line).SequenceEqual(body), because);
                for (var at = offset; at < offset + whole.Length; at++) Assert.True(map.LineOf(at) == line, because);
                Assert.True(map.Lines(new(1, line)).SequenceEqual(text.AsSpan(0, offset + whole.Length)), because);
                offset += whole.Length;
            }
            Assert.True(map.LineOf(text.Length + 5) == Math.Max(1, lines.Count), because);
        }
    }

    /// <summary>Lines with their terminators.</summary>
    private static List<string> Split(string text)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var c in text)
        {
            line += c;
            if (c != '\n') continue;
            lines.Add(line);
            line = "";
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }
}
