using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rlm.Recursion.Running;

/// <summary>
/// The key of finished work: a hash over everything that its result depends on. Whatever one forgets here comes back as an answer to another question, so the work itself names its fields:
/// contents in order, task, schema, model, version of the prompt, scope and boundary.
/// </summary>
internal static class MemoKey
{
    /// <summary>The key of a list of fields: 64 lower-case hex digits. No two different lists have the same one; null is not the same as an empty text.</summary>
    public static string Of(params ReadOnlySpan<string?> fields)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, field?.Length ?? -1);
            hash.AppendData(length);
            // UTF-16 as it is: an encoding would make one of two different halves of surrogate pairs.
            if (field is not null) hash.AppendData(MemoryMarshal.AsBytes(field.AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
