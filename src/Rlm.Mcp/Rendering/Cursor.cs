using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// Continues a list that was cut. It carries the tool, the snapshot version, the query and the place, so the server remembers nothing; opaque to callers.
/// What comes back is checked like any argument: it may have been made up.
/// </summary>
/// <param name="Tool">The tool that gave it.</param>
/// <param name="Version">Snapshot that the list was taken from.</param>
/// <param name="Query">The arguments of the first call, without cursor and budget.</param>
/// <param name="Place">Where the list goes on; its form belongs to the tool.</param>
internal sealed record Cursor(string Tool, string Version, IReadOnlyDictionary<string, JsonElement> Query, string Place)
{
    private const int MaxDecodedBytes = 64 << 10;

    public static string Encode(ToolDefinition tool, Snapshot snapshot, ToolArguments arguments, string place)
    {
        var query = new JsonObject();
        foreach (var (name, value) in arguments.Given)
            if (name is not ("cursor" or "budget")) query[name] = JsonNode.Parse(value.GetRawText());
        var body = new JsonArray(tool.Name, snapshot.Version, query, place).ToJsonString(JsonOutput.Options);
        var bytes = Pack(Encoding.UTF8.GetBytes(body));
        return Base64Url.EncodeToString(bytes) + ContentHash.Of(bytes.AsSpan());
    }

    /// <exception cref="ToolException">It is none of ours (<c>bad_argument</c>), of another tool, or the snapshot has moved on (<c>stale_cursor</c>).</exception>
    public static Cursor Decode(string text, ToolDefinition tool)
    {
        var cursor = TryDecode(text) ?? throw new ToolException(ErrorCodes.BadArgument, "the cursor is not one that this server gave", "Copy the whole cursor from the last answer, or ask again without it.");
        if (cursor.Tool != tool.Name) throw new ToolException(ErrorCodes.BadArgument, $"the cursor belongs to {cursor.Tool}, not to {tool.Name}", $"{cursor.Tool}(cursor) continues that list.");
        return cursor;
    }

    public void CheckFresh(Snapshot snapshot)
    {
        if (snapshot.Version == Version) return;
        throw new ToolException(ErrorCodes.StaleCursor, $"the cursor continues a list of snapshot {Version}; files have changed and the snapshot is {snapshot.Version} now", "Ask again without the cursor.");
    }

    private static Cursor? TryDecode(string text)
    {
        try
        {
            if (text.Length < 9) return null;
            var bytes = Base64Url.DecodeFromChars(text.AsSpan()[..^8]);
            if (ContentHash.Of(bytes.AsSpan()) != text[^8..]) return null;
            using var document = JsonDocument.Parse(Unpack(bytes));
            var parts = document.RootElement;
            var query = parts[2].EnumerateObject().ToDictionary(item => item.Name, item => item.Value.Clone());
            return new(parts[0].GetString()!, parts[1].GetString()!, query, parts[3].GetString()!);
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException or InvalidDataException or IndexOutOfRangeException or ArgumentException)
        {
            return null;
        }
    }

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize)) deflate.Write(plain);
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        var plain = new byte[MaxDecodedBytes];
        var length = deflate.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false);
        return plain[..length];
    }
}
