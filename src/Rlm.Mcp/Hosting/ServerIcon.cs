using ModelContextProtocol.Protocol;

namespace Rlm.Mcp.Hosting;

/// <summary>What clients may show beside the server's name: a picture of 64 by 64 points, carried in the message itself, so that nobody has to fetch it.</summary>
internal static class ServerIcon
{
    /// <summary>The one picture.</summary>
    public static IList<Icon> All { get; } = [new() { Source = "data:image/png;base64," + Convert.ToBase64String(Bytes()), MimeType = "image/png", Sizes = ["64x64"] }];

    private static byte[] Bytes()
    {
        using var picture = typeof(ServerIcon).Assembly.GetManifestResourceStream("icon.png")!;
        var bytes = new byte[picture.Length];
        picture.ReadExactly(bytes);
        return bytes;
    }
}
