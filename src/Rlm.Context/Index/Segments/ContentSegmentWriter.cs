using System.Buffers.Binary;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index.Segments;

/// <summary>
/// Writes one segment of contents (<see cref="ContentSegmentFooter"/> tells its layout) from first to last: behind the outlines come all postings, then all names, then the contents and the end.
/// Holds the dictionary of terms, not the postings.
/// </summary>
internal sealed class ContentSegmentWriter
{
    private readonly CheckedWriter _writer;
    private readonly long _blobBytes;
    private readonly List<TermEntry> _terms = [];
    private readonly List<long> _nameFences = [];
    private byte[] _list = new byte[64];
    private TermEntry _open;
    private int _lastUnit, _names;
    private long _dictionary, _termFences, _firstName, _pairs;

    /// <summary>Ends the outlines.</summary>
    /// <param name="output">The segment's file.</param>
    /// <param name="outlines">Through which the outlines were written to it.</param>
    public ContentSegmentWriter(IIndexOutput output, BlobWriter outlines)
    {
        outlines.Flush();
        (_writer, _blobBytes) = (new(output), outlines.Position);
    }

    /// <summary>Adds a posting: terms ascending, and in each the units ascending.</summary>
    public void AddPosting(ulong term, int unit, byte impact)
    {
        _pairs++;
        if (_open.Count == 0 || _open.Term != term)
        {
            EndTerm();
            _open = new(term, 1, (uint)unit, impact);
            return;
        }
        if (_open.Count == 1)
        {
            // Only now it is known that the list is to be stored.
            var start = _writer.Position;
            if (start > uint.MaxValue) throw new InvalidOperationException("A segment's posting lists are larger than 4 GB.");
            _writer.WriteNumber(_open.Start);
            _writer.Write(_open.Impact);
            _lastUnit = (int)_open.Start;
            _open = _open with { Start = (uint)start, Impact = 0 };
        }
        _writer.WriteNumber((uint)(unit - _lastUnit - 1));
        _writer.Write(impact);
        _lastUnit = unit;
        _open = _open with { Count = _open.Count + 1 };
    }

    /// <summary>To be called between postings and names.</summary>
    public void EndTerms()
    {
        EndTerm();
        _writer.Align();
        _dictionary = _writer.Position;
        Span<byte> bytes = stackalloc byte[TermEntry.Bytes];
        foreach (var entry in _terms)
        {
            entry.WriteTo(bytes);
            _writer.Write(bytes);
        }
        _writer.Align();
        _termFences = _writer.Position;
        for (var term = 0; term < _terms.Count; term += ContentSegmentFooter.EntriesPerBlock) Write64((long)_terms[term].Term);
        _firstName = _writer.Position;
    }

    /// <summary>Adds a name, greater than the one before.</summary>
    /// <param name="name">In UTF-8.</param>
    /// <param name="symbols">The symbols that have it, at least one, ascending.</param>
    public void AddName(ReadOnlySpan<byte> name, ReadOnlySpan<int> symbols)
    {
        if (_names++ % ContentSegmentFooter.NamesPerFence == 0) _nameFences.Add(_writer.Position - _firstName);
        var list = NameStream.Encode(symbols, ref _list);
        _writer.WriteNumber((uint)name.Length);
        _writer.Write(name);
        _writer.WriteNumber((uint)symbols.Length);
        _writer.WriteNumber((uint)list.Length);
        _writer.Write(list);
    }

    /// <summary>Writes the rest and returns when all is on the disk.</summary>
    /// <param name="id">The segment's name.</param>
    /// <param name="contents">All contents.</param>
    /// <param name="units">How many units they have.</param>
    /// <param name="symbols">How many symbols.</param>
    public SegmentInfo Finish(ulong id, List<ContentRecord> contents, int units, int symbols)
    {
        var nameFences = _writer.Position;
        foreach (var fence in _nameFences) Write64(fence);
        var records = _writer.Position;
        Span<byte> bytes = stackalloc byte[ContentRecord.Bytes];
        foreach (var content in contents)
        {
            content.WriteTo(bytes);
            _writer.Write(bytes);
        }
        new ContentSegmentFooter(contents.Count, units, symbols, _terms.Count, _names, _dictionary, _termFences, _firstName, nameFences, records).WriteTo(_writer);
        var (length, seal) = _writer.Finish();
        return new(id, SegmentKind.Contents, _blobBytes + length, _blobBytes, seal, contents.Count, _pairs);
    }

    private void EndTerm()
    {
        if (_open.Count > 0) _terms.Add(_open);
        _open = default;
    }

    private void Write64(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _writer.Write(bytes);
    }
}
