using System.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Tests.Files;

public class LargeTextTests
{
    private static LargeText Open(TempFolder folder, LineTable? known = null)
    {
        using var root = RootFolder.OpenRoot(folder.FullPath);
        return new FileReader(root, new() { Root = folder.FullPath }).OpenLarge(new("file"), known);
    }

    private static byte[] Encode(string text, FileEncoding encoding, bool mark) => encoding switch
    {
        FileEncoding.Utf16Le => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        FileEncoding.Utf16Be => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
        _ => [.. mark ? [0xEF, 0xBB, 0xBF] : Array.Empty<byte>(), .. Encoding.UTF8.GetBytes(text)],
    };

    [Fact]
    public void EmptyFile_HasNoLinesAndNoBlocks()
    {
        using var folder = new TempFolder().Write("file", "");
        using var text = Open(folder);
        Assert.Equal(0, text.LineCount);
        Assert.Empty(text.Blocks(TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.Read(new(1, 1), 100));
    }

    [Fact]
    public void LinesOutsideTheFile_AreRefused()
    {
        using var folder = new TempFolder().Write("file", "a\nb\n");
        using var text = Open(folder);
        Assert.Equal(2, text.LineCount);
        foreach (var range in new LineRange[] { new(0, 1), new(3, 3), new(1, 3), new(2, 1) }) Assert.Throws<ArgumentOutOfRangeException>(() => text.Read(range, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.ReadLinePart(3, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.ReadLinePart(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.ReadLinePart(1, 2, 1));
    }

    /// <summary>All that the whole text in memory says, the large text says too.</summary>
    [Fact]
    public void RandomTexts_AgreeWithTheTextInMemory()
    {
        var random = new Random(TestScale.Seed);
        for (var i = TestScale.Cases(400); i > 0; i--)
        {
            var content = RandomText(random);
            var encoding = (FileEncoding)random.Next(4);
            using var folder = new TempFolder().Write("file", Encode(content, encoding, mark: random.Next(2) == 0));
            using var text = Open(folder);
            var lines = new LineMap(content);
            var because = $"seed {TestScale.Seed}, case {i}, {encoding}, {content.Length} characters";
            Assert.True(lines.Count == text.LineCount, because);
            Assert.True(Encoding.UTF8.GetString(AllBlocks(text, lines, because)) == content, because);
            for (var probe = 0; probe < 10 && lines.Count > 0; probe++)
            {
                var from = random.Next(1, lines.Count + 1);
                var to = random.Next(from, Math.Min(lines.Count, from + 3000) + 1);
                CheckRead(text, lines, new(from, to), random.Next(2, 50_000), because);
                CheckPart(text, lines, from, random, because);
            }
        }
    }

    private static string RandomText(Random random)
    {
        string[] pieces = ["a", "bc", "é", "€", "😀", "\r", " ", "\u2028"];
        var text = new StringBuilder();
        var longLines = random.Next(3) == 0;
        for (var line = random.Next(4000); line > 0; line--)
        {
            for (var piece = random.Next(longLines && random.Next(50) == 0 ? 100_000 : 12); piece > 0; piece--) text.Append(pieces[random.Next(pieces.Length)]);
            text.Append(random.Next(4) == 0 ? "\r\n" : "\n");
            if (text.Length > 500_000) break;
        }
        return random.Next(2) == 0 ? text.ToString() : text.Append("end").ToString();
    }

    private static byte[] AllBlocks(LargeText text, LineMap lines, string because)
    {
        var all = new MemoryStream();
        var line = 1;
        foreach (var block in text.Blocks(TestContext.Current.CancellationToken))
        {
            Assert.True(block is { OverlapBytes: 0, FirstColumn: 1, EndsLine: true } && block.FirstLine == line, because);
            all.Write(block.Utf8.Span);
            line += block.Utf8.Span.Count((byte)'\n');
        }
        Assert.True(line is var last && (last == lines.Count || last == lines.Count + 1), because);
        return all.ToArray();
    }

    private static void CheckRead(LargeText text, LineMap lines, LineRange range, int maxChars, string because)
    {
        var slice = text.Read(range, maxChars);
        because += $", lines {range}, at most {maxChars}";
        Assert.True(slice.Lines.Start == range.Start && slice.Text.Length <= maxChars && !slice.HasInvalid, because);
        if (slice.IsCut) Assert.True(slice.Text.Length >= maxChars - 1 && lines.Lines(new(range.Start, range.Start)).StartsWith(slice.Text, StringComparison.Ordinal), because);
        else Assert.True(lines.Lines(slice.Lines).SequenceEqual(slice.Text), because);
        var isWhole = !slice.IsCut && slice.Lines.End == range.End;
        var next = slice.IsCut ? slice.Lines.End : slice.Lines.End + 1;
        Assert.True(isWhole || lines.Lines(new(range.Start, next)).Length > maxChars, because);
    }

    private static void CheckPart(LargeText text, LineMap lines, int line, Random random, string because)
    {
        var whole = lines.Line(line).ToString();
        Assert.True(text.LineLength(line) == whole.Length, because + $", length of line {line}");
        var step = random.Next(2, Math.Max(3, whole.Length + 2));
        var all = new StringBuilder();
        for (var from = 1; ;)
        {
            var part = text.ReadLinePart(line, from, from + step - 1);
            all.Append(part.Text);
            Assert.True(part.ToColumn == from + part.Text.Length - 1 && part.Text.Length <= step, because);
            if (part.IsLast) break;
            Assert.True(part.Text.Length >= step - 1 && !char.IsHighSurrogate(part.Text[^1]), because);
            from = part.ToColumn + 1;
        }
        Assert.True(all.ToString() == whole, because + $", parts of line {line} by {step}");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    public void GiantLine_ComesInOverlappingPieces(string letter)
    {
        var count = (BlockReader.MaxBlockBytes * 2 / Encoding.UTF8.GetByteCount(letter)) + 12_345;
        var line = "x" + string.Concat(Enumerable.Repeat(letter, count));
        using var folder = new TempFolder().Write("file", "first\n" + line + "\nlast\n");
        using var text = Open(folder);
        var expected = Encoding.UTF8.GetBytes(File.ReadAllText(folder.At("file")));
        long at = 0;
        var pieces = 0;
        foreach (var block in text.Blocks(TestContext.Current.CancellationToken))
        {
            at -= block.OverlapBytes;
            Assert.True(block.Utf8.Span.SequenceEqual(expected.AsSpan((int)at, block.Utf8.Length)));
            Assert.True(System.Text.Unicode.Utf8.IsValid(block.Utf8.Span));
            Assert.InRange(block.Utf8.Length, 1, BlockReader.MaxBlockBytes);
            if (block.FirstColumn > 1)
            {
                Assert.Equal(2, block.FirstLine);
                Assert.InRange(block.OverlapBytes, BlockReader.OverlapBytes, BlockReader.OverlapBytes + 3);
                Assert.Equal(Encoding.UTF8.GetCharCount(expected, 6, (int)at - 6) + 1, block.FirstColumn);
                pieces++;
            }
            at += block.Utf8.Length;
        }
        Assert.Equal(expected.Length, at);
        Assert.Equal(2, pieces);
        Assert.Equal(3, text.LineCount);
        Assert.Equal("last\n", text.Read(new(3, 3), 100).Text);
        Assert.True(text.Read(new(2, 3), 100).IsCut);
        Assert.Equal(line.Length, text.LineLength(2));
        Assert.Equal(new LinePart(line[^5..], line.Length - 4, line.Length, IsLast: true), text.ReadLinePart(2, line.Length - 4, line.Length + 100) with { });
    }

    [Fact]
    public void InvalidBytes_AreFlaggedWhereTheyAre()
    {
        using var folder = new TempFolder().Write("file", [.. "a\n"u8, 0xFF, .. "\nb\n"u8]);
        using var text = Open(folder);
        Assert.Equal([false, true, false], Enumerable.Range(1, 3).Select(line => text.Read(new(line, line), 100).HasInvalid));
    }

    [Fact]
    public void KnownTable_IsTakenWhileTheStampHolds()
    {
        using var folder = new TempFolder().Write("file", "a\nb\n");
        using var text = Open(folder);
        var table = text.MapLines(TestContext.Current.CancellationToken);
        using (var again = Open(folder, table)) Assert.Same(table, again.MapLines(TestContext.Current.CancellationToken));
        Assert.True(text.IsUnchanged);
        File.AppendAllText(folder.At("file"), "c\n");
        Assert.False(text.IsUnchanged);
        Assert.Equal("b\n", text.Read(new(2, 2), 100).Text);
        using var changed = Open(folder, table);
        Assert.Equal(3, changed.LineCount);
    }

    [Fact]
    public void Mapping_CanBeCancelled()
    {
        using var folder = new TempFolder().Write("file", "a\nb\n");
        using var text = Open(folder);
        Assert.Throws<OperationCanceledException>(() => text.MapLines(new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => text.Blocks(new CancellationToken(canceled: true)).Count());
    }

    [Fact]
    public void LargeLog_IsMappedReadAndScannedInLittleMemory()
    {
        const string line = "2026-01-01T00:00:00Z INFO a line of a log file, as long as such lines are, number ";
        var bytes = TestScale.IsLong ? 500L << 20 : 25L << 20;
        using var folder = new TempFolder();
        var count = 0;
        using (var writer = new StreamWriter(folder.At("file"))) for (long written = 0; written < bytes; written += line.Length + 9) writer.Write(line + (count++).ToString("d8") + "\n");
        using var text = Open(folder);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Equal(count, text.LineCount);
        foreach (var number in new[] { 1, 1024, 1025, count / 2, count }) Assert.Equal($"{line}{number - 1:d8}\n", text.Read(new(number, number), 1000).Text);
        var lines = 0;
        foreach (var block in text.Blocks(TestContext.Current.CancellationToken)) lines += block.Utf8.Span.Count((byte)'\n');
        Assert.Equal(count, lines);
        // Everything ever allocated, not only what was alive at once.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 60L << 20);
    }
}
