using System.Text;
using Rlm.Context.Outlines;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Outlines;

public class Utf8OffsetsTests
{
    private static readonly string[] Pieces = ["a", "\n", "é", "„", "🛒", "面", "x = 1", "\r\n", "\ud83d", "\udc00", new('b', 300), new('ß', 200)];

    [Fact]
    public void EveryByteOfACharacter_IsFoundAgain()
    {
        var random = new Random(TestScale.Seed);
        for (var round = 0; round < TestScale.Cases(4000); round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var offsets = new Utf8Offsets(text, Encoding.UTF8.GetByteCount(text));
            for (var at = 0; at <= text.Length; at++)
            {
                if (at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at])) continue;
                Assert.True(offsets.ToCharacter(Encoding.UTF8.GetByteCount(text.AsSpan(0, at))) == at, $"seed {TestScale.Seed}, round {round}: character {at} of {text.Length}");
            }
        }
    }
}
