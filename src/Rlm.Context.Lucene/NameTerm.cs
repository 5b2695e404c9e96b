using System.Security.Cryptography;
using System.Text;
using Lucene.Net.Util;

namespace Rlm.Context.Lucene;

/// <summary>
/// The term of a symbol's name: its UTF-8. Lucene refuses terms beyond 32,766 bytes, and a heading may be longer, so the term of such a name is a hash, behind a byte that UTF-8 does not have.
/// </summary>
internal static class NameTerm
{
    private const int MaxChars = 10_000; // at most three bytes each
    private const byte HashMark = 0xFF;

    /// <summary>Whether it is a hash.</summary>
    public static bool IsLong(string name) => name.Length > MaxChars;

    /// <summary>Whether it is a hash.</summary>
    public static bool IsLong(BytesRef term) => term.Length > 0 && term.Bytes[term.Offset] == HashMark;

    /// <summary>Writes the term, making room.</summary>
    public static void Write(BytesRef term, string name)
    {
        term.Offset = 0;
        var most = IsLong(name) ? 1 + SHA256.HashSizeInBytes : Encoding.UTF8.GetMaxByteCount(name.Length);
        if (term.Bytes.Length < most) term.Bytes = new byte[most];
        if (!IsLong(name))
        {
            term.Length = Encoding.UTF8.GetBytes(name, term.Bytes);
            return;
        }
        term.Bytes[0] = HashMark;
        term.Length = 1 + SHA256.HashData(Encoding.UTF8.GetBytes(name), term.Bytes.AsSpan(1));
    }
}
