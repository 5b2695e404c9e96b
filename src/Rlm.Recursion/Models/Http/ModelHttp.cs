using System.Net;

namespace Rlm.Recursion.Models.Http;

/// <summary>
/// The one way out of the process to a model's service: one scheme, host and port, no redirects, no cookies, no proxy but one that the operator named, bounded replies.
/// What comes back is a whole reply with a good status; everything else is a <see cref="ModelFaultException"/>.
/// </summary>
internal static class ModelHttp
{
    /// <summary>Largest reply in bytes; a model's longest answer is far below.</summary>
    public const int LargestReply = 8 << 20;

    /// <summary>Longest silence while a reply is read.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>A client for one service; the caller disposes of it.</summary>
    /// <param name="service">Scheme, host and port that it may reach.</param>
    /// <param name="secret">The key, to be cut out of what the service says; null without one.</param>
    /// <param name="proxy">A proxy that the operator named.</param>
    /// <param name="time">The clock.</param>
    public static HttpClient Create(Uri service, string? secret, Uri? proxy, TimeProvider time) =>
        // Limits of time belong to each call, so the client's own is off.
        new(new OneServiceHandler(service, secret, time, Sockets(proxy)), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    private static SocketsHttpHandler Sockets(Uri? proxy) => new()
    {
        // .NET sends headers such as x-api-key on to wherever a redirect points (measured), so none is followed.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = proxy is not null,
        Proxy = proxy is null ? null : new WebProxy(proxy),
        DefaultProxyCredentials = null,
        Credentials = null,
        // A reply is never unpacked, so a small one cannot become a large one.
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        MaxResponseHeadersLength = 64,
        ActivityHeadersPropagator = null,
    };
}
