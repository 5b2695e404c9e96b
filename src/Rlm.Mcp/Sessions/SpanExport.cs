using System.Net.Http;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Rlm.Mcp.Commands;
using Rlm.Recursion.Trajectories;

namespace Rlm.Mcp.Sessions;

/// <summary>Sends the spans of sessions to the operator's OpenTelemetry endpoint, by HTTP and protobuf. What cannot be sent is lost, and nothing waits for it but the end of the process, for a moment.</summary>
internal sealed class SpanExport : IDisposable
{
    private const int EveryMilliseconds = 1_000, LastMilliseconds = 1_000;

    private readonly TracerProvider _provider;

    private SpanExport(TracerProvider provider) => _provider = provider;

    /// <summary>Begins.</summary>
    /// <param name="endpoint">The collector's address; without a path its standard one, <c>/v1/traces</c>.</param>
    public static SpanExport To(Uri endpoint) => new(Sdk.CreateTracerProviderBuilder()
        .AddSource(Spans.Source)
        .ConfigureResource(resource => resource.Clear().AddService("rlm-mcp", serviceVersion: ProgramVersion.Text, autoGenerateServiceInstanceId: false))
        .AddOtlpExporter(options =>
        {
            options.Endpoint = endpoint.AbsolutePath == "/" ? new(endpoint, "/v1/traces") : endpoint;
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
            options.HttpClientFactory = Client;
            options.BatchExportProcessorOptions.ScheduledDelayMilliseconds = EveryMilliseconds;
        })
        .Build());

    /// <inheritdoc/>
    public void Dispose()
    {
        _provider.ForceFlush(LastMilliseconds);
        _provider.Shutdown(0);
        _provider.Dispose();
    }

    // One host, as for models: what a redirect or a proxy of the surroundings names is not asked.
    private static HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null }) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 1 << 20 };
}
