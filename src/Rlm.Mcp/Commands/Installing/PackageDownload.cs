using System.Net;
using System.Net.Http;

namespace Rlm.Mcp.Commands.Installing;

/// <summary>Fetches an archive. What comes is believed only after its checksum was compared, so redirects and the user's proxy are followed; nothing of the user is sent along.</summary>
internal static class PackageDownload
{
    private const int LargestArchive = 64 << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>The bytes at an address.</summary>
    /// <exception cref="InstallException">They cannot be had; the message says why.</exception>
    public static byte[] Get(Uri address, CancellationToken cancellationToken)
    {
        using var sockets = new SocketsHttpHandler { UseCookies = false, AutomaticDecompression = DecompressionMethods.None, ConnectTimeout = TimeSpan.FromSeconds(10), ActivityHeadersPropagator = null };
        using var client = new HttpClient(sockets) { Timeout = Longest, MaxResponseContentBufferSize = LargestArchive };
        try
        {
            return client.GetByteArrayAsync(address, cancellationToken).GetAwaiter().GetResult();
        }
        catch (HttpRequestException fault)
        {
            throw new InstallException(fault.StatusCode is { } status ? $"{address.Host} answers {(int)status}" : $"{address.Host} cannot be reached ({fault.HttpRequestError})");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InstallException($"{address.Host} does not answer in time");
        }
    }
}
