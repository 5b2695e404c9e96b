using System.Buffers.Binary;
using System.Collections.Immutable;
using Rlm.Context.Index.Segments;
using Rlm.Context.Index.Storage;

namespace Rlm.Context.Index;

/// <summary>One generation: its segments, and which of their items are replaced or removed. Never changes; the file is exchanged by a rename.</summary>
internal sealed record Manifest(long Generation, ImmutableArray<ManifestSegment> Segments)
{
    private const uint Magic = 0x4D4D4C52; // RLMM
    private const int HeaderBytes = 20, SegmentBytes = 48, MaxBytes = 1 << 28;

    /// <summary>What an index is before its first commit.</summary>
    public static readonly Manifest Empty = new(0, []);

    /// <summary>Reads a manifest; <see cref="Empty"/> when there is no such file.</summary>
    /// <exception cref="IndexDamagedException">It is not as it was written.</exception>
    public static Manifest Read(IIndexFiles files, string name)
    {
        try
        {
            using var file = files.Open(name);
            if (file is null) return Empty;
            if (file.Length is < HeaderBytes or > MaxBytes) throw new IndexDamagedException("the manifest has no such length");
            var bytes = new byte[file.Length];
            for (int at = 0, read; at < bytes.Length; at += read)
                if ((read = file.Read(bytes.AsSpan(at), at)) <= 0) throw new IndexDamagedException("the manifest ends too soon");
            return Parse(bytes);
        }
        catch (IOException fault)
        {
            throw new IndexDamagedException("the manifest cannot be read", fault);
        }
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes()
    {
        var bytes = new List<byte>(1024);
        Add32(bytes, Magic);
        Add64(bytes, Generation);
        Add32(bytes, (uint)Segments.Length);
        foreach (var (info, dead) in Segments)
        {
            Add64(bytes, (long)info.Id);
            Add32(bytes, (uint)info.Kind);
            Add64(bytes, info.Length);
            Add64(bytes, info.BlobBytes);
            Add32(bytes, info.Seal);
            Add32(bytes, (uint)info.Items);
            Add64(bytes, info.Pairs);
            Add32(bytes, (uint)dead.Length);
            foreach (var document in dead) Add32(bytes, (uint)document);
        }
        Add32(bytes, Checksum.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)));
        return [.. bytes];
    }

    private static Manifest Parse(ReadOnlySpan<byte> bytes)
    {
        var body = bytes[..^sizeof(uint)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || Checksum.Of(body) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..])) throw new IndexDamagedException("the manifest's checksum is wrong");
        var generation = BinaryPrimitives.ReadInt64LittleEndian(body[4..]);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(body[12..]);
        body = body[16..];
        if (count > body.Length / SegmentBytes) throw NoSense();
        var segments = ImmutableArray.CreateBuilder<ManifestSegment>((int)count);
        while (segments.Count < count) segments.Add(ParseSegment(ref body));
        return body.IsEmpty && generation > 0 ? new(generation, segments.MoveToImmutable()) : throw NoSense();
    }

    private static ManifestSegment ParseSegment(ref ReadOnlySpan<byte> body)
    {
        if (body.Length < SegmentBytes) throw NoSense();
        var info = new SegmentInfo(BinaryPrimitives.ReadUInt64LittleEndian(body), (SegmentKind)BinaryPrimitives.ReadInt32LittleEndian(body[8..]), BinaryPrimitives.ReadInt64LittleEndian(body[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(body[20..]), BinaryPrimitives.ReadUInt32LittleEndian(body[28..]), BinaryPrimitives.ReadInt32LittleEndian(body[32..]), BinaryPrimitives.ReadInt64LittleEndian(body[36..]));
        var dead = BinaryPrimitives.ReadUInt32LittleEndian(body[44..]);
        body = body[SegmentBytes..];
        if (info.Kind is not (SegmentKind.Files or SegmentKind.Contents) || info.Items < 0 || info.Length < 0 || info.BlobBytes < 0 || dead > body.Length / sizeof(uint) || dead > info.Items) throw NoSense();
        var documents = ImmutableArray.CreateBuilder<int>((int)dead);
        for (var last = -1; documents.Count < dead; body = body[sizeof(uint)..])
        {
            var document = BinaryPrimitives.ReadInt32LittleEndian(body);
            if (document <= last || document >= info.Items) throw NoSense();
            documents.Add(last = document);
        }
        return new(info, documents.MoveToImmutable());
    }

    private static IndexDamagedException NoSense() => new("the manifest makes no sense");

    private static void Add32(List<byte> bytes, uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(four, value);
        bytes.AddRange(four);
    }

    private static void Add64(List<byte> bytes, long value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        bytes.AddRange(eight);
    }
}

/// <summary>A segment of one generation.</summary>
/// <param name="Info">The segment.</param>
/// <param name="Dead">Its files or contents that are replaced or removed, ascending.</param>
internal readonly record struct ManifestSegment(SegmentInfo Info, ImmutableArray<int> Dead);
