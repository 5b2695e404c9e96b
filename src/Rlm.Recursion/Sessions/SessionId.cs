using System.Buffers;
using System.Security.Cryptography;

namespace Rlm.Recursion.Sessions;

/// <summary>Ids of sessions: who knows one may read the session, so they cannot be guessed, and as they become file names nothing else passes for one.</summary>
public static class SessionId
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Letters = 26;
    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    /// <summary>A fresh id: 128 random bits in lower-case base 32 (RFC 4648, section 6) behind <c>s-</c>.</summary>
    public static string New()
    {
        Span<byte> random = stackalloc byte[17];
        RandomNumberGenerator.Fill(random[..16]);
        // 130 bits are needed for 26 letters; the last two are zero.
        random[16] = 0;
        Span<char> letters = stackalloc char[Letters];
        for (var at = 0; at < Letters; at++)
        {
            var bit = at * 5;
            var pair = (random[bit / 8] << 8) | (bit / 8 + 1 < random.Length ? random[(bit / 8) + 1] : 0);
            letters[at] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }
        return $"s-{letters}";
    }

    /// <summary>Whether a text from outside may be the id of a session.</summary>
    public static bool IsValid(string? id) => id is { Length: Letters + 2 } && id.StartsWith("s-", StringComparison.Ordinal) && !id.AsSpan(2).ContainsAnyExcept(Allowed);
}
