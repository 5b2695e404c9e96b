using System.Text;

namespace Rlm.Context.Search;

/// <summary>
/// A quick test that names must pass before they are scored: the asked letters occur in them in order, any case. Every prefix, hump, part and subsequence passes.
/// Letters beyond ASCII are left out of the question.
/// </summary>
internal sealed class LetterFilter(string asked)
{
    private readonly byte[] _letters = Encoding.ASCII.GetBytes([.. asked.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>Whether a name in UTF-8 holds them.</summary>
    public bool Passes(ReadOnlySpan<byte> name)
    {
        var at = 0;
        foreach (var letter in name)
        {
            if (at == _letters.Length) return true;
            if ((letter is >= (byte)'A' and <= (byte)'Z' ? letter | 0x20 : letter) == _letters[at]) at++;
        }
        return at == _letters.Length;
    }
}
