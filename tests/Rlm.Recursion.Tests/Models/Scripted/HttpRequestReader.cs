using System.Globalization;
using System.Text;

namespace Rlm.Scripted;

/// <summary>Reads one HTTP/1.1 request with its body, of a given length or in chunks.</summary>
internal static class HttpRequestReader
{
    /// <summary>A request as it came.</summary>
    public sealed record Head(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

    /// <summary>The next request of a connection; null at its end.</summary>
    public static async Task<Head?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (await LineAsync(stream, cancellationToken) is not { Length: > 0 } first) return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream, cancellationToken) is { Length: > 0 } line)
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0) headers[line[..colon].ToLowerInvariant()] = line[(colon + 1)..].Trim();
        var body = headers.ContainsKey("transfer-encoding") ? await ChunksAsync(stream, cancellationToken)
            : headers.TryGetValue("content-length", out var length) ? await BytesAsync(stream, int.Parse(length, CultureInfo.InvariantCulture), cancellationToken) : [];
        var words = first.Split(' ');
        return new(words[0], words[1].Split('?')[0], headers, body);
    }

    private static async Task<byte[]> ChunksAsync(Stream stream, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse(((await LineAsync(stream, cancellationToken))?.Split(';')[0]) ?? "0", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await BytesAsync(stream, size, cancellationToken));
            await LineAsync(stream, cancellationToken);
            if (size == 0) return body.ToArray();
        }
    }

    private static async Task<byte[]> BytesAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    // Byte by byte, so that nothing of the body is read ahead; heads are short.
    private static async Task<string?> LineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancellationToken) == 1)
        {
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
        return line.Length > 0 ? line.ToString() : null;
    }
}
