using System.Net;
using System.Text;

namespace Gateway.Specs.Client;

/// <summary>What was asked of a <see cref="Recording"/>.</summary>
internal sealed record Asked(
    string Method,
    string Path,
    string Body,
    IReadOnlyDictionary<string, string> Headers
)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>A network that plays recorded answers in their order, and remembers what was asked.</summary>
internal sealed class Recording(params IEnumerable<Func<HttpResponseMessage>> answers) : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> answers = new(answers);
    private readonly List<Asked> asked = [];

    public IReadOnlyList<Asked> Asked => asked;

    public static Func<HttpResponseMessage> Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        () => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static Func<HttpResponseMessage> Problem(
        int status,
        string code,
        string detail,
        string more = ""
    ) =>
        () =>
            new((HttpStatusCode)status)
            {
                Content = new StringContent(
                    $$"""{"type":"/problems/{{code}}","title":"No","status":{{status}},"detail":"{{detail}}","code":"{{code}}"{{more}}}""",
                    Encoding.UTF8,
                    "application/problem+json"
                ),
            };

    public static Func<HttpResponseMessage> Nothing() => () => new(HttpStatusCode.NoContent);

    /// <summary>The connection can't be made.</summary>
    public static Func<HttpResponseMessage> Refused() =>
        () => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");

    /// <summary>A stream of events that arrives in these pieces and then ends, or stays silent.</summary>
    public static Func<HttpResponseMessage> Feed(bool endsThen, params IEnumerable<string> pieces) =>
        () =>
        {
            var content = new StreamContent(new Trickle(pieces, endsThen));
            content.Headers.ContentType = new("text/event-stream");
            return new(HttpStatusCode.OK) { Content = content };
        };

    /// <summary>A file, or the rest of one; where it is cut, the connection breaks behind it.</summary>
    public static Func<HttpResponseMessage> Octets(
        string text,
        HttpStatusCode status = HttpStatusCode.OK,
        bool isCut = false
    ) => () => new(status) { Content = new StreamContent(new Cut(Encoding.UTF8.GetBytes(text), isCut)) };

    public HttpClient Client() => new(this) { BaseAddress = new("http://gateway.example/") };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        asked.Add(
            new(
                request.Method.Method,
                request.RequestUri!.PathAndQuery,
                request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
                request.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value))
            )
        );
        return answers.TryDequeue(out var answer)
            ? answer()
            : throw new HttpRequestException(HttpRequestError.ConnectionError, "The recording has ended");
    }

    private sealed class Cut(byte[] octets, bool breaks) : MemoryStream(octets)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        ) =>
            await base.ReadAsync(buffer, cancellationToken) is var count && count == 0 && breaks
                ? throw new IOException("Connection reset by peer")
                : count;
    }

    /// <summary>Gives one piece per read, however large the buffer is.</summary>
    private sealed class Trickle(IEnumerable<string> pieces, bool endsThen) : Stream
    {
        private readonly Queue<byte[]> pieces = new(pieces.Select(Encoding.UTF8.GetBytes));

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            if (!pieces.TryDequeue(out var piece))
            {
                await Task.Delay(endsThen ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, cancellationToken);
                return 0;
            }

            piece.CopyTo(buffer);
            return piece.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
