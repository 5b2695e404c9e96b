using Rlm.Context.Index;

namespace Rlm.Context.Lucene;

/// <summary>Turns what Lucene throws when it reads what nobody wrote into the one exception of the seam.</summary>
internal static class Damage
{
    /// <summary>Reads.</summary>
    /// <exception cref="IndexDamagedException">A file is missing, cut short, not of this version, or was changed.</exception>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (Is(fault))
        {
            throw new IndexDamagedException("Lucene cannot read it", fault);
        }
    }

    // Lucene's own (CorruptIndexException, IndexFormatTooNewException …) are all IOExceptions; the others are what its decoders do with bytes that make no sense.
    private static bool Is(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or IndexOutOfRangeException or ArgumentException or OverflowException or InvalidOperationException and not ObjectDisposedException;
}
