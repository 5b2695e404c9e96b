using System.Text;
using Rlm.Context.Index;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Index;

public class FilePartsTests
{
    [Fact]
    public void Parts_AreWholeLines_AndLookLikeNoOtherEncoding()
    {
        var random = new Random(TestScale.Seed);
        for (var round = 0; round < TestScale.Cases(400); round++)
        {
            var text = Text(random);
            var parts = new List<byte[]>();
            for (int start = 0, end; start < text.Length; start = end) parts.Add(text[start..(end = FileParts.EndOf(text, start))]);
            Assert.Equal(text, parts.SelectMany(part => part));
            Assert.True(parts.Count <= FileParts.MostFor(text.Length));
            Assert.All(parts.SkipLast(1), part => Assert.True(part.Length >= FileParts.PartBytes && part[^1] == '\n'));
            Assert.All(parts.Skip(1), part => Assert.DoesNotContain(part[0], (IEnumerable<byte>)[0xEF, 0xFE, 0xFF]));
        }
    }

    private static byte[] Text(Random random)
    {
        using var text = new MemoryStream();
        while (text.Length < FileParts.PartBytes * 5 && random.Next(5_000) > 0)
            text.Write(random.Next(4) switch { 0 => [.. Encoding.UTF8.GetBytes("\uFEFF"), (byte)'\n'], 1 => [0xFF, 0xFE, (byte)'\n'], 2 => Encoding.UTF8.GetBytes(new string('x', random.Next(200)) + "\n"), _ => "\n"u8.ToArray() });
        return text.ToArray();
    }
}
