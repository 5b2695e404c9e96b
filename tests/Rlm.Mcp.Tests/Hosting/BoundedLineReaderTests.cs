using System.Text;
using Rlm.Mcp.Hosting;

namespace Rlm.Mcp.Tests.Hosting;

public class BoundedLineReaderTests
{
    [Fact]
    public void AnyChunking_GivesTheLinesOfASplit()
    {
        const int limit = 10;
        var count = Scale.Of(20_000);
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(60)];
            for (var i = 0; i < bytes.Length; i++) bytes[i] = "\n\r\nabcdef\u0000\""u8[random.Next(11)];
            Assert.True(Split(bytes, limit).SequenceEqual(ReadAll(new ChunkedStream(bytes, random), limit)), $"differs for seed {seed}");
        }
    }

    [Fact]
    public void LineAtTheLimit_IsALine_OneByteMoreIsNot()
    {
        var text = new string('x', 100) + "\n" + new string('x', 100) + "\r\n" + new string('y', 101) + "\nz";
        Assert.Equal([new string('x', 100), new string('x', 100), "<too long>", "z"], ReadAll(new MemoryStream(Encoding.UTF8.GetBytes(text)), 100));
    }

    [Fact]
    public void LineOf16MiB_IsRead()
    {
        var bytes = new byte[(16 << 20) + 2];
        bytes.AsSpan().Fill((byte)'x');
        bytes[^2] = (byte)'\n';
        var lines = new BoundedLineReader(new ChunkedStream(bytes, new Random(1)), 16 << 20);
        Assert.Equal(LineKind.Line, lines.Read());
        Assert.Equal(16 << 20, lines.Line.Length);
        Assert.Equal(LineKind.Line, lines.Read());
        Assert.Equal(1, lines.Line.Length);
        Assert.Equal(LineKind.End, lines.Read());
    }

    [Fact]
    public void EndlessLine_CostsNoMoreThanTheLimit()
    {
        var lines = new BoundedLineReader(new EndlessStream((long)Scale.Of(10_000) << 20), 16 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(LineKind.TooLong, lines.Read());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 16 << 20, 17 << 20);
        Assert.Equal(LineKind.Line, lines.Read());
        Assert.Equal("next", Encoding.UTF8.GetString(lines.Line.Span));
    }

    [Fact]
    public void LongLine_GivesItsRequestId_WhereverItStands()
    {
        foreach (var text in new[] { """{"id":7,"method":"m","params":"PAD"}""", """{"method":"m","params":{"a":["PAD",{"id":9}]},"jsonrpc":"2.0","id":7}""" })
        {
            var lines = new BoundedLineReader(new MemoryStream(Encoding.UTF8.GetBytes(text.Replace("PAD", new string('x', 1_000), StringComparison.Ordinal) + "\n")), 100);
            Assert.Equal(LineKind.TooLong, lines.Read());
            Assert.Equal("7", lines.SkippedId?.ToString());
        }
    }

    private static List<string> Split(byte[] bytes, int limit)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var lines = text.Split('\n').ToList();
        if (lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return [.. lines.Select(line => line.EndsWith('\r') ? line[..^1] : line).Select(line => line.Length > limit ? "<too long>" : line)];
    }

    private static List<string> ReadAll(Stream stream, int limit)
    {
        var reader = new BoundedLineReader(stream, limit);
        var lines = new List<string>();
        while (reader.Read() is var kind && kind != LineKind.End) lines.Add(kind == LineKind.TooLong ? "<too long>" : Encoding.Latin1.GetString(reader.Line.Span));
        return lines;
    }

    private sealed class ChunkedStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, Length > 1_000 ? random.Next(1, 100_000) : random.Next(1, 6)));
    }

    private sealed class EndlessStream(long length) : MemoryStream("\nnext\n"u8.ToArray())
    {
        private long _left = length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_left <= 0) return base.Read(buffer, offset, count);
            var give = (int)Math.Min(count, _left);
            buffer.AsSpan(offset, give).Fill((byte)'x');
            _left -= give;
            return give;
        }
    }
}
