using System.Net.Http.Headers;
using System.Text;
using Gateway.Client.Access;
using Gateway.Client.Archives;
using Gateway.Client.Audit;
using Gateway.Client.Conversations;
using Gateway.Client.Devices;
using Gateway.Client.History;
using Gateway.Client.Messages;
using Gateway.Client.Projections;
using Gateway.Client.Webhooks;
using Gateway.Client.Wire;

namespace Gateway.Client;

/// <summary>A gateway, as a program speaks to it. Safe for many threads; make one and keep it.</summary>
public sealed class GatewayClient : IDisposable
{
    private readonly HttpClient? own;

    /// <summary>Over a client whose base address is the gateway's and that shows the key; it stays yours.</summary>
    public GatewayClient(HttpClient http, GatewayClientOptions? options = null)
        : this(http, null, options) { }

    private GatewayClient(HttpClient http, HttpClient? own, GatewayClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(http);
        this.own = own;
        options ??= new();
        var road = new Road(http, options);
        Messages = new(road);
        Conversations = new(road);
        Devices = new(road);
        Webhooks = new(road);
        Replays = new(road);
        Keys = new(road);
        Audit = new(road);
        Exports = new(road, options);
        Events = new(road, options);
        Projections = new(road);
        Archive = new(road);
    }

    /// <summary>Send texts and read what became of them.</summary>
    public MessagesClient Messages { get; }

    /// <summary>What a line of ours and a remote party wrote to each other.</summary>
    public ConversationsClient Conversations { get; }

    /// <summary>Phones and modems.</summary>
    public DevicesClient Devices { get; }

    /// <summary>Addresses that facts are told to.</summary>
    public WebhooksClient Webhooks { get; }

    /// <summary>Parts of the log that are told to a webhook again.</summary>
    public ReplaysClient Replays { get; }

    /// <summary>API keys.</summary>
    public KeysClient Keys { get; }

    /// <summary>Every fact, searched.</summary>
    public AuditClient Audit { get; }

    /// <summary>Parts of the log as files.</summary>
    public ExportsClient Exports { get; }

    /// <summary>Every fact, followed as it is recorded.</summary>
    public EventsClient Events { get; }

    /// <summary>What reads the facts, and building views anew from them.</summary>
    public ProjectionsClient Projections { get; }

    /// <summary>The history as a file.</summary>
    public ArchiveClient Archive { get; }

    /// <summary>Over an HTTP client of its own.</summary>
    /// <param name="address">Such as <c>https://sms.example.com</c>.</param>
    /// <param name="key">An API key: <c>gk_…</c>.</param>
    public static GatewayClient Connect(Uri address, string key, GatewayClientOptions? options = null)
    {
        var http = new HttpClient(Handler()) { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new(http, http, options);
    }

    /// <summary>What carries requests with words of people in their headers; they go as UTF-8, as the gateway reads them.</summary>
    public static SocketsHttpHandler Handler() =>
        new() { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };

    /// <summary>Ends the HTTP client that <see cref="Connect"/> made; one that was given is left alone.</summary>
    public void Dispose() => own?.Dispose();
}
