using System.Globalization;

namespace Rlm.Recursion.Trajectories;

/// <summary>A text with its JSON escapes undone, which knows where each character stood in the original. Backslashes that escape nothing stay.</summary>
internal sealed class EscapeView
{
    // Null where every character stands at its own place.
    private readonly int[]? _places;

    private EscapeView(string text, int[]? places) => (Text, _places) = (text, places);

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>A text as it is.</summary>
    public static EscapeView Of(string text) => new(text, null);

    /// <summary>Where a character (or the end) of this text stood in the original.</summary>
    public int At(int place) => _places is null ? place : _places[place];

    /// <summary>One layer of escapes less; false when there is none.</summary>
    public bool TryUnescape(out EscapeView view)
    {
        view = this;
        if (!Text.Contains('\\')) return false;
        var (plain, places) = (new char[Text.Length], new int[Text.Length + 1]);
        var (length, at) = (0, 0);
        while (at < Text.Length)
        {
            var (letter, taken) = Next(at);
            (plain[length], places[length]) = (letter, At(at));
            length++;
            at += taken;
        }
        if (length == Text.Length) return false;
        places[length] = At(Text.Length);
        view = new(new(plain, 0, length), places);
        return true;
    }

    private (char Letter, int Taken) Next(int at)
    {
        if (Text[at] != '\\' || at + 1 == Text.Length) return (Text[at], 1);
        return Text[at + 1] switch
        {
            'n' => ('\n', 2),
            'r' => ('\r', 2),
            't' => ('\t', 2),
            'b' => ('\b', 2),
            'f' => ('\f', 2),
            '"' or '\\' or '/' or '\'' => (Text[at + 1], 2),
            'u' when at + 6 <= Text.Length && ushort.TryParse(Text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => ((char)code, 6),
            'x' when at + 4 <= Text.Length && byte.TryParse(Text.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => ((char)code, 4),
            _ => (Text[at], 1),
        };
    }
}
