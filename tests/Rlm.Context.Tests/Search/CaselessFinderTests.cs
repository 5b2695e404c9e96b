using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context.Search;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Search;

public class CaselessFinderTests
{
    /// <summary>Wherever .NET's own case-insensitive match finds the text, the finder must not say no; without such partners it must not say yes.</summary>
    [Fact]
    public void Answer_IsNeverAWrongNo()
    {
        const string letters = "kKsSiIaA\u212A\u017F\u0130\u0131_.9@`{[";
        for (var seed = 0; seed < TestScale.Cases(40_000); seed++)
        {
            var random = new Random(seed);
            var wanted = Text(random, letters, random.Next(2, 5));
            var text = Text(random, letters, random.Next(0, 90));
            if (CaselessFinder.For(wanted) is not { } finder) continue;
            var matches = Regex.IsMatch(text, Regex.Escape(wanted), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            var found = finder.MayBeIn(Encoding.UTF8.GetBytes(text));
            Assert.True(found || !matches, $"seed {seed}: '{wanted}' in '{text}'");
            if (Ascii.IsValid(text)) Assert.True(found == matches, $"seed {seed}: '{wanted}' in '{text}'");
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("äb")]
    public void TextThatIsTooShortOrNotAscii_HasNone(string text) => Assert.Null(CaselessFinder.For(text));

    private static string Text(Random random, string letters, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)]));
}
