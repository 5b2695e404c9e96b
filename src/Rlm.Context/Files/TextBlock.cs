namespace Rlm.Context.Files;

/// <summary>
/// A run of whole lines of a large file as UTF-8 (UTF-16 files are converted; invalid bytes of UTF-8 files are left as they are).
/// A block is about 1 MiB and ends with a line; for a longer line it grows to 16 MiB. A line longer than that comes in pieces, of which
/// each after the first begins with the last 64 KiB of the one before: a match of up to 64 KiB lies whole in some piece, and one that
/// lies whole within the first <see cref="OverlapBytes"/> has been seen already.
/// </summary>
/// <param name="Utf8">The bytes; valid until the next block is asked for.</param>
/// <param name="FirstLine">Line (from 1) of the first byte.</param>
/// <param name="FirstColumn">Column (from 1, UTF-16 units) of the first byte; 1 unless a long line goes on.</param>
/// <param name="OverlapBytes">How many first bytes were also in the block before; 0 unless a long line goes on.</param>
/// <param name="EndsLine">False when the last line goes on in the next block.</param>
public readonly record struct TextBlock(ReadOnlyMemory<byte> Utf8, int FirstLine, long FirstColumn, int OverlapBytes, bool EndsLine);
