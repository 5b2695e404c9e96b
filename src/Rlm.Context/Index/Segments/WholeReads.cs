using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>Reads as many bytes as were asked for.</summary>
internal static class WholeReads
{
    /// <summary>Fills the buffer.</summary>
    /// <exception cref="IndexDamagedException">The file ends before, or cannot be read.</exception>
    public static void ReadWhole(this IIndexFile file, Span<byte> buffer, long offset)
    {
        try
        {
            for (int read; !buffer.IsEmpty; buffer = buffer[read..], offset += read)
                if ((read = file.Read(buffer, offset)) <= 0) throw new IndexDamagedException("a file ends too soon");
        }
        catch (IOException fault)
        {
            throw new IndexDamagedException("a file cannot be read", fault);
        }
    }
}
