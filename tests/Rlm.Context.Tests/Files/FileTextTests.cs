using System.Text;
using Rlm.Context.Files;

namespace Rlm.Context.Tests.Files;

/// <summary>RELIABILITY D07.</summary>
public class FileTextTests
{
    private static void Check(byte[] bytes, string text, FileEncoding encoding, bool hasInvalid = false)
    {
        var actual = FileText.Decode(bytes);
        Assert.Equal((text, encoding, hasInvalid), (actual.Text, actual.Encoding, actual.HasInvalid));
    }

    [Fact]
    public void Utf8_IsDecoded() => Check("aé€😀\r\n"u8.ToArray(), "aé€😀\r\n", FileEncoding.Utf8);

    [Fact]
    public void Empty_IsUtf8() => Check([], "", FileEncoding.Utf8);

    [Fact]
    public void Utf8Mark_IsDropped() => Check([0xEF, 0xBB, 0xBF, (byte)'a'], "a", FileEncoding.Utf8);

    [Fact]
    public void Utf8Mark_OnlyTheFirstIsDropped() => Check([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF], "\uFEFF", FileEncoding.Utf8);

    [Fact]
    public void InvalidUtf8_IsReplacedAndFlagged() => Check([(byte)'a', 0xFF, (byte)'b', 0xC3], "a\uFFFDb\uFFFD", FileEncoding.Utf8Invalid, hasInvalid: true);

    [Fact]
    public void SurrogateInUtf8_IsFlagged() => Assert.True(FileText.Decode([0xED, 0xA0, 0x80]).HasInvalid);

    [Fact]
    public void ReplacementCharacterItself_IsValid() => Check("\uFFFD"u8.ToArray(), "\uFFFD", FileEncoding.Utf8);

    [Fact]
    public void Nul_IsKept() => Check([(byte)'a', 0, (byte)'b'], "a\0b", FileEncoding.Utf8);

    [Fact]
    public void Utf16_IsDecodedByItsMark()
    {
        Check([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("aé😀\n")], "aé😀\n", FileEncoding.Utf16Le);
        Check([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("aé😀\n")], "aé😀\n", FileEncoding.Utf16Be);
        Check([0xFF, 0xFE], "", FileEncoding.Utf16Le);
    }

    [Fact]
    public void Utf16WithReplacementCharacter_IsValid() => Check([0xFF, 0xFE, 0xFD, 0xFF], "\uFFFD", FileEncoding.Utf16Le);

    [Fact]
    public void Utf16OddByteOrHalfPair_IsFlagged()
    {
        Check([0xFF, 0xFE, (byte)'a', 0, (byte)'b'], "a\uFFFD", FileEncoding.Utf16Le, hasInvalid: true);
        Check([0xFF, 0xFE, 0x00, 0xD8, (byte)'a', 0], "\uFFFDa", FileEncoding.Utf16Le, hasInvalid: true);
        Check([0xFE, 0xFF, 0xDC, 0x00], "\uFFFD", FileEncoding.Utf16Be, hasInvalid: true);
    }

    [Fact]
    public void RandomBuffers_LinesRoundTrip()
    {
        var random = new Random(TestScale.Seed);
        for (var i = TestScale.Cases(10_000); i > 0; i--)
        {
            var bytes = RandomBytes(random);
            var text = FileText.Decode(bytes);
            var because = $"seed {TestScale.Seed}, {Convert.ToHexString(bytes)}";
            Assert.True(string.Concat(Enumerable.Range(1, text.Lines.Count).Select(line => text.Lines.Lines(new(line, line)).ToString())) == text.Text, because);
            Assert.True(text.HasInvalid == !IsValid(bytes, text.Encoding), because);
            if (!text.HasInvalid) Assert.True(Encode(text, bytes).AsSpan().SequenceEqual(bytes), because);
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        byte[][] pieces = ["a"u8.ToArray(), "é"u8.ToArray(), "😀"u8.ToArray(), "\r"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), [0], [0xFF], [0xD8], [0xDC, 0x00], [0xEF, 0xBB, 0xBF], "\u2028\u0085"u8.ToArray()];
        byte[][] marks = [[], [], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]];
        return [.. marks[random.Next(marks.Length)], .. Enumerable.Range(0, random.Next(30)).SelectMany(_ => pieces[random.Next(pieces.Length)])];
    }

    private static bool IsValid(byte[] bytes, FileEncoding encoding)
    {
        try
        {
            Encoding strict = encoding switch
            {
                FileEncoding.Utf16Le => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
                FileEncoding.Utf16Be => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
                _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            };
            strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static byte[] Encode(FileText text, byte[] original)
    {
        Encoding encoding = text.Encoding switch { FileEncoding.Utf16Le => Encoding.Unicode, FileEncoding.Utf16Be => Encoding.BigEndianUnicode, _ => Encoding.UTF8 };
        var hasMark = original.AsSpan().StartsWith(encoding.GetPreamble());
        return [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text.Text)];
    }
}
