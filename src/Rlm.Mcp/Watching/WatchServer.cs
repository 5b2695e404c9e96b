using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Rlm.Mcp.Watching;

/// <summary>
/// Pages on loopback, for who knows the address:
/// <code>
/// GET http://127.0.0.1:PORT/TOKEN/        the sessions      GET …/TOKEN/s-…   one of them      POST …/TOKEN/end   ends
/// </code>
/// The token is 128 random bits. A page of another site cannot ask: it does not know the token, and a request must name this very host (which a rebound name does not). Nothing else is served, and nothing is changed.
/// </summary>
internal sealed class WatchServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly string _host, _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly WatchPages _pages;
    private readonly CancellationTokenSource _end = new();

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">No port is free.</exception>
    public WatchServer(WatchPages pages)
    {
        _pages = pages;
        (_listener, _host) = Listen();
    }

    /// <summary>Where it is, with the token; ends with a slash.</summary>
    public string Address => $"http://{_host}/{_token}/";

    /// <summary>Serves until it is told to end, or asked to.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _end.Token);
        using var ending = either.Token.Register(_listener.Stop);
        while (!either.IsCancellationRequested)
            try
            {
                var request = await _listener.GetContextAsync().ConfigureAwait(false);
                _ = Task.Run(() => Answer(request, either.Token), CancellationToken.None);
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException && either.IsCancellationRequested)
            {
                return;
            }
    }

    public void Dispose()
    {
        _listener.Close();
        _end.Dispose();
    }

    private static (HttpListener Listener, string Host) Listen()
    {
        for (var tries = 0; ; tries++)
        {
            // The listener takes no port 0. This range is that of ports which belong to nobody.
            var host = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"127.0.0.1:{RandomNumberGenerator.GetInt32(49_152, 65_536)}");
            var listener = new HttpListener { Prefixes = { $"http://{host}/" } };
            try
            {
                listener.Start();
                return (listener, host);
            }
            catch (HttpListenerException taken)
            {
                listener.Close();
                if (tries == 50) throw new IOException("no port on 127.0.0.1 is free", taken);
            }
        }
    }

    private void Answer(HttpListenerContext exchange, CancellationToken stop)
    {
        var isSent = false;
        try
        {
            var (request, response) = (exchange.Request, exchange.Response);
            Harden(response);
            var path = Path(request);
            var isEnd = request.HttpMethod == "POST" && path == "end" && IsOurs(request);
            if (path is null) response.StatusCode = 404;
            else if (isEnd) Write(response, "text/plain; charset=utf-8", "The watch has ended; this page can be closed.\n"u8);
            else if (request.HttpMethod != "GET") response.StatusCode = 405;
            else Send(request, response, _pages.Of(path, stop));
            isSent = true;
            response.Close();
            if (isEnd) _end.Cancel();
        }
        // A fault after it was sent is none of the next request's, which the same connection may carry already.
        catch (Exception late) when (isSent && late is not OutOfMemoryException)
        {
        }
        // Who asked has gone, or this ends.
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException or OperationCanceledException or IOException)
        {
            exchange.Response.Abort();
        }
#pragma warning disable CA1031 // a page that cannot be made (a damaged recording) is told, and the watch goes on
        catch (Exception)
#pragma warning restore CA1031
        {
            Fail(exchange.Response);
        }
    }

    private static void Fail(HttpListenerResponse response)
    {
        try
        {
            response.StatusCode = 500;
            response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            response.Abort();
        }
    }

    // What stands behind the token; null for every request that is none of ours.
    private string? Path(HttpListenerRequest request)
    {
        if (request.UserHostName != _host || request.RawUrl is not ['/', .. var rest]) return null;
        var path = rest.Split('?')[0];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path[..slash]), Encoding.UTF8.GetBytes(_token)) ? path[(slash + 1)..] : null;
    }

    private bool IsOurs(HttpListenerRequest request) => request.Headers["Origin"] is null or "null" || request.Headers["Origin"] == $"http://{_host}";

    private static void Send(HttpListenerRequest request, HttpListenerResponse response, WatchedPage? page)
    {
        if (page is null)
        {
            response.StatusCode = 404;
            return;
        }
        response.Headers["ETag"] = page.Tag;
        if (request.Headers["If-None-Match"] == page.Tag) response.StatusCode = 204;
        else Write(response, "text/html; charset=utf-8", page.Bytes);
    }

    private static void Write(HttpListenerResponse response, string type, ReadOnlySpan<byte> body)
    {
        response.ContentType = type;
        response.ContentLength64 = body.Length;
        response.OutputStream.Write(body);
    }

    // The address holds the token: it goes nowhere else, and nothing keeps or frames the page.
    private static void Harden(HttpListenerResponse response)
    {
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Content-Security-Policy"] = "frame-ancestors 'none'";
        response.Headers["Server"] = "";
    }
}
