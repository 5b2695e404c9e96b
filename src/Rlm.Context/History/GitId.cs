using System.Buffers.Binary;

namespace Rlm.Context.History;

/// <summary>The name of a git object (commit, tree or blob): 20 bytes of SHA-1.</summary>
public readonly record struct GitId : IComparable<GitId>
{
    /// <summary>Bytes of a name.</summary>
    public const int Bytes = 20;

    private readonly ulong _first, _second;
    private readonly uint _third;

    /// <summary>Takes the 20 bytes of a name.</summary>
    public GitId(ReadOnlySpan<byte> raw) =>
        (_first, _second, _third) = (BinaryPrimitives.ReadUInt64BigEndian(raw), BinaryPrimitives.ReadUInt64BigEndian(raw[8..]), BinaryPrimitives.ReadUInt32BigEndian(raw[16..]));

    /// <summary>The first ten hex digits, as answers show it.</summary>
    public string Short => ToString()[..10];

    /// <summary>Reads 40 hex digits; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out GitId id)
    {
        id = default;
        Span<byte> raw = stackalloc byte[Bytes];
        if (hex.Length != 2 * Bytes || Convert.FromHexString(hex, raw, out _, out var written) != System.Buffers.OperationStatus.Done || written != Bytes) return false;
        id = new(raw);
        return true;
    }

    /// <summary>Writes the 20 bytes.</summary>
    public void CopyTo(Span<byte> raw)
    {
        BinaryPrimitives.WriteUInt64BigEndian(raw, _first);
        BinaryPrimitives.WriteUInt64BigEndian(raw[8..], _second);
        BinaryPrimitives.WriteUInt32BigEndian(raw[16..], _third);
    }

    /// <inheritdoc/>
    public int CompareTo(GitId other) => _first != other._first ? _first.CompareTo(other._first) : _second != other._second ? _second.CompareTo(other._second) : _third.CompareTo(other._third);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)(_first >> 32);

    /// <summary>All 40 hex digits.</summary>
    public override string ToString()
    {
        Span<byte> raw = stackalloc byte[Bytes];
        CopyTo(raw);
        return Convert.ToHexStringLower(raw);
    }
}
