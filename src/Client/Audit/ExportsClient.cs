using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Gateway.Client.History;
using Gateway.Client.Wire;

namespace Gateway.Client.Audit;

/// <summary>Parts of the log as files, written by the gateway in the background.</summary>
public sealed class ExportsClient
{
    private const string Path = "v1/audit/exports";
    private const int OctetsAtOnce = 128 * 1024;
    private readonly Road road;
    private readonly GatewayClientOptions options;

    internal ExportsClient(Road road, GatewayClientOptions options) =>
        (this.road, this.options) = (road, options);

    /// <summary>Asks for one; it has all facts that are recorded by now.</summary>
    /// <param name="format"><c>jsonl</c> or <c>csv</c>.</param>
    /// <param name="after">Positions above this one; from the very first fact when left out.</param>
    /// <param name="upTo">Positions up to this one; up to the last fact when left out.</param>
    public Task<Export> Ask(
        string format,
        FactFilter? filter = null,
        long? after = null,
        long? upTo = null,
        CancellationToken cancellation = default
    )
    {
        filter ??= new();
        var wanted = new NewExport(
            format,
            filter.Types,
            filter.Actor,
            filter.Stream,
            filter.Correlation,
            filter.Number,
            filter.Device,
            filter.Since,
            filter.Until,
            after,
            upTo
        );
        return road.Post(
            new(Path),
            JsonContent.Create(wanted, WireJson.Default.NewExport),
            WireJson.Default.Export,
            cancellation
        );
    }

    /// <summary>The newest first.</summary>
    /// <param name="pageSize">How many are fetched at once, 1 to 500.</param>
    public IAsyncEnumerable<Export> List(int? pageSize = null, CancellationToken cancellation = default) =>
        road.List(() => new Address(Path), pageSize, WireJson.Default.PageExport, cancellation);

    /// <summary>One, with how far it has come.</summary>
    public Task<Export> Read(Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/{id}"), WireJson.Default.Export, cancellation);

    /// <summary>What a finished one has.</summary>
    public Task<ExportManifest> Manifest(Guid id, CancellationToken cancellation = default) =>
        road.Get(new($"{Path}/{id}/manifest"), WireJson.Default.ExportManifest, cancellation);

    /// <summary>Calls one off, or takes its file away.</summary>
    public Task Remove(Guid id, CancellationToken cancellation = default) =>
        road.Tell(HttpMethod.Delete, new($"{Path}/{id}"), null, cancellation);

    /// <summary>
    /// Fetches the file of a finished one, going on behind what is there already; a connection that breaks is opened again.
    /// Then the whole is compared with the SHA-256 of the manifest.
    /// </summary>
    /// <param name="file">Can be read, written and sought; of this export, or empty. It stays yours.</param>
    /// <param name="reached">Told how many octets are there.</param>
    /// <exception cref="InvalidDataException">It is not what the manifest says; the file is empty now.</exception>
    public async Task Fetch(
        ExportManifest export,
        Stream file,
        Action<long>? reached = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(export);
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length > export.Bytes)
        {
            file.SetLength(0);
        }

        var failures = 0;
        while (file.Length < export.Bytes)
        {
            var had = file.Length;
            try
            {
                await Rest(export, file, reached, cancellation);
            }
            catch (Exception broken)
                when (CanPass(broken) && (file.Length > had || failures + 1 < options.Tries))
            {
                failures = file.Length > had ? 1 : failures + 1;
                await Task.Delay(options.PauseAfter(failures), options.Time, cancellation);
            }
        }

        file.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        if (hash != export.Sha256)
        {
            file.SetLength(0);
            throw new InvalidDataException($"The file has the SHA-256 {hash} instead of {export.Sha256}.");
        }
    }

    private async Task Rest(
        ExportManifest export,
        Stream file,
        Action<long>? reached,
        CancellationToken cancellation
    )
    {
        using var request = road.Request(HttpMethod.Get, new($"{Path}/{export.Id}/content"));
        if (file.Length > 0)
        {
            request.Headers.Range = new(file.Length, null);
            request.Headers.IfRange = new(new EntityTagHeaderValue($"\"{export.Sha256}\""));
        }

        using var answer = await road.Open(request, cancellation);
        if (answer.StatusCode != HttpStatusCode.PartialContent)
        {
            file.SetLength(0);
        }

        file.Seek(0, SeekOrigin.End);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[OctetsAtOnce];
        while (await Some(content, buffer, cancellation) is > 0 and var count)
        {
            await file.WriteAsync(buffer.AsMemory(0, count), cancellation);
            reached?.Invoke(file.Length);
        }

        if (file.Length < export.Bytes)
        {
            throw new HttpRequestException("The answer ended too early");
        }
    }

    /// <summary>What comes next; a connection that breaks or falls silent is told apart from a file that can't be written.</summary>
    private async Task<int> Some(Stream content, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await content
                .ReadAsync(buffer, cancellation)
                .AsTask()
                .WaitAsync(options.Silence, options.Time, cancellation);
        }
        catch (Exception broken) when (broken is IOException or TimeoutException)
        {
            throw new HttpRequestException("The connection broke", broken);
        }
    }

    private static bool CanPass(Exception broken) =>
        broken is HttpRequestException or GatewayProblemException { IsTransient: true };
}
