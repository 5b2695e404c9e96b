using System.Text.Json;
using Rlm.Recursion.Storage;

namespace Rlm.Recursion.Sessions;

/// <summary>
/// The file of a session: its version, then two sealed lines, a summary that can be read without the rest, and the state:
/// <code>
/// rlm-session 1
/// {"sum":"…","of":{"id":…}}
/// {"sum":"…","of":{"id":…,"findings":[…]…}}
/// </code>
/// </summary>
internal static class SessionFile
{
    /// <summary>A summary is shorter than this, whatever its strings hold.</summary>
    public const int SummaryBytes = 64 << 10;

    private static ReadOnlySpan<byte> Head => "rlm-session 1\n"u8;

    /// <summary>The bytes of a file.</summary>
    public static byte[] Write(SessionState state)
    {
        var summary = JsonSerializer.SerializeToUtf8Bytes(SessionSummary.Of(state), RecursionJson.Files.SessionSummary);
        var whole = JsonSerializer.SerializeToUtf8Bytes(state, RecursionJson.Files.SessionState);
        return [.. Head, .. SealedJson.Seal(summary), (byte)'\n', .. SealedJson.Seal(whole), (byte)'\n'];
    }

    /// <summary>The session in a file; null when it is not whole, or of another version.</summary>
    public static SessionState? Read(ReadOnlySpan<byte> file) => Line(file, 1, out var json) && Parse(json, RecursionJson.Files.SessionState) is { } state && IsWhole(state) ? state : null;

    /// <summary>The summary in (the beginning of) a file; null when it is not whole, or of another version.</summary>
    public static SessionSummary? ReadSummary(ReadOnlySpan<byte> file) => Line(file, 0, out var json) ? Parse(json, RecursionJson.Files.SessionSummary) : null;

    private static bool Line(ReadOnlySpan<byte> file, int number, out ReadOnlySpan<byte> json)
    {
        json = default;
        if (!file.StartsWith(Head)) return false;
        var rest = file[Head.Length..];
        for (; number > 0; number--)
        {
            var skip = rest.IndexOf((byte)'\n');
            if (skip < 0) return false;
            rest = rest[(skip + 1)..];
        }
        var end = rest.IndexOf((byte)'\n');
        return end >= 0 && SealedJson.TryOpen(rest[..end], out json);
    }

    private static T? Parse<T>(ReadOnlySpan<byte> json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NotSupportedException)
        {
            // The sum is right, the shape is not: an older build wrote it.
            return null;
        }
    }

    // A property that an older build did not know is null here whatever its type says.
    private static bool IsWhole(SessionState state) => SessionId.IsValid(state.Id) && state is
    {
        Request: { Task: not null, Over: not null, Mode: not null, Limits: not null, Reason: not null },
        Scope.Layers: not null, Mode: not null, BackEnd: not null, Answer.Content: not null, Findings: not null, Coverage.Reasons: not null,
        Children: not null, Limits: not null, Clamped: not null, Steps: not null, Notes: not null,
    };
}
