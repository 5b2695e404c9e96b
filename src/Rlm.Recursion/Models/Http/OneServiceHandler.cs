using System.Buffers;
using System.Net;

namespace Rlm.Recursion.Models.Http;

/// <summary>Refuses requests to any other service, reads replies whole within bounds, and turns every failure into a fault that bears no key.</summary>
internal sealed class OneServiceHandler(Uri service, string? secret, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } uri || uri.Scheme != service.Scheme || uri.Host != service.Host || uri.Port != service.Port)
            throw new ModelFaultException(ModelFaultKind.Refused, $"A request to another service than {service.Authority} was not sent.");
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw Unreached(exception);
        }
        try
        {
            return await CheckAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> CheckAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var good = response.IsSuccessStatusCode;
        byte[] body;
        try
        {
            body = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        // The status alone says enough about a failure; its text is only for people.
        catch (ModelFaultException) when (!good)
        {
            body = [];
        }
        if (!good) throw HttpFault.Of(response, body, service.Authority, secret, time);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = response.Content.Headers.ContentType;
        response.Content.Dispose();
        response.Content = content;
        return response;
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = response.Content.Headers;
        if (headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))) throw Broken("is packed, which was not asked for");
        if (headers.ContentLength > ModelHttp.LargestReply) throw TooLarge();
        using var silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var body = new ArrayBufferWriter<byte>(16_384);
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            while (true)
            {
                silence.CancelAfter(ModelHttp.Silence);
                var read = await stream.ReadAsync(body.GetMemory(16_384), either.Token).ConfigureAwait(false);
                if (read == 0) return body.WrittenSpan.ToArray();
                body.Advance(read);
                if (body.WrittenCount > ModelHttp.LargestReply) throw TooLarge();
            }
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelFaultException(ModelFaultKind.TimedOut, $"{service.Authority} fell silent for {ModelHttp.Silence.TotalSeconds:0} s in the middle of a reply.") { MayHaveCost = true };
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw Broken("was cut");
        }
    }

    // Only what failed before a connection stood cannot have reached the model. The cause is left out of the fault: its text is the network's, and a proxy's may hold credentials.
    private ModelFaultException Unreached(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError =>
            new(ModelFaultKind.Unavailable, $"No connection to {service.Authority} ({exception.HttpRequestError})."),
        HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse => Broken("is no valid HTTP"),
        _ => new(ModelFaultKind.Unavailable, $"The connection to {service.Authority} broke ({exception.HttpRequestError}).") { MayHaveCost = true },
    };

    private ModelFaultException TooLarge() => Broken($"is longer than {ModelHttp.LargestReply >> 20} MiB");

    private ModelFaultException Broken(string what) => new(ModelFaultKind.Broken, $"The reply of {service.Authority} {what}.") { MayHaveCost = true };
}
