using System.Buffers;

namespace Rlm.Recursion.Trajectories;

/// <summary>Tells random values from words, names and numbers.</summary>
internal static class SecretValue
{
    // Blanks and what marks a place to be filled in.
    private static readonly SearchValues<char> NotInPasswords = SearchValues.Create(" \t{}<>$%*");

    /// <summary>Whether a value is what a generator of tokens makes: mixed letters and digits, or a long stretch of them.</summary>
    public static bool IsToken(ReadOnlySpan<char> value)
    {
        var (upper, lower, digits, _) = Count(value);
        if (digits == 0 || upper + lower == 0 || Entropy(value) < 3) return false;
        return (upper > 0 && lower > 0 && digits > 1) || LongestStretch(value) >= 20;
    }

    /// <summary>Whether a value in a place for passwords is one, and no name for one.</summary>
    public static bool IsPassword(ReadOnlySpan<char> value)
    {
        var (upper, lower, digits, others) = Count(value);
        return upper + lower > 0 && digits + others > 0 && digits > 0 && !value.ContainsAny(NotInPasswords) && Entropy(value) >= 2.5;
    }

    /// <summary>Whether what is assigned to something called a password, key or token is one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isQuoted">Whether it stands in quotes; else it may be code.</param>
    public static bool IsAssigned(ReadOnlySpan<char> value, bool isQuoted)
    {
        if (value.Length < 8 || !IsPassword(value) || Entropy(value) < 2.75 || IsVersion(value)) return false;
        if (isQuoted) return true;
        var (upper, lower, digits, others) = Count(value);
        return digits > 1 && !value.Contains('.') && ((upper > 0 && lower > 0) || others > 0 || digits > 3 || value.Length >= 20) && LooksMixed(value);
    }

    // Digits at one end only make a name with a number: sha256, token12.
    private static bool LooksMixed(ReadOnlySpan<char> value)
    {
        var core = value.TrimEnd("0123456789").TrimStart("0123456789");
        return core.ContainsAnyInRange('0', '9');
    }

    private static bool IsVersion(ReadOnlySpan<char> value) => char.IsAsciiDigit(value[0]) && value.IndexOf('.') is > 0 and < 4;

    private static int LongestStretch(ReadOnlySpan<char> value)
    {
        var (longest, now) = (0, 0);
        foreach (var letter in value)
        {
            now = char.IsAsciiLetterOrDigit(letter) ? now + 1 : 0;
            longest = Math.Max(longest, now);
        }
        return longest;
    }

    private static (int Upper, int Lower, int Digits, int Others) Count(ReadOnlySpan<char> value)
    {
        var (upper, lower, digits, others) = (0, 0, 0, 0);
        foreach (var letter in value)
            if (char.IsAsciiLetterUpper(letter)) upper++;
            else if (char.IsAsciiLetterLower(letter)) lower++;
            else if (char.IsAsciiDigit(letter)) digits++;
            else others++;
        return (upper, lower, digits, others);
    }

    // Shannon's, in bits for a character.
    private static double Entropy(ReadOnlySpan<char> value)
    {
        Span<int> counts = stackalloc int[128];
        foreach (var letter in value) counts[letter & 127]++;
        var bits = 0.0;
        foreach (var count in counts)
            if (count > 0) bits -= (double)count / value.Length * Math.Log2((double)count / value.Length);
        return bits;
    }
}
