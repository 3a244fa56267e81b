using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.DeviceAgent.Gateway;

namespace Gateway.Scenarios;

/// <summary>A tenant of a running gateway, used as its customers use it: over HTTP and with real agents.</summary>
public sealed class TestTenant(GatewayHost host, string name, string key) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly List<Phone> phones = [];

    public string Name => name;
    public GatewayHost Host => host;
    public HttpClient Http { get; } = host.Client(key);

    /// <summary>Posts JSON and expects an answer of this status.</summary>
    public async Task<JsonElement> Post(
        string path,
        object body,
        HttpStatusCode expected,
        string? idempotencyKey = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await Http.SendAsync(request);
        return await Read(response, expected);
    }

    /// <summary>Gets JSON and expects an answer of this status.</summary>
    public async Task<JsonElement> Get(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Http.GetAsync(path);
        return await Read(response, expected);
    }

    /// <summary>Sends a text; returns its id.</summary>
    public async Task<Guid> Send(string to, string text, object? more = null)
    {
        var body = new Dictionary<string, object?> { ["to"] = to, ["text"] = text };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            body[property.Name] = property.GetValue(more);
        }

        return (await Post("/v1/messages", body, HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
    }

    /// <summary>Waits until the message has this status; returns it.</summary>
    public async Task<JsonElement> Until(Guid message, string status)
    {
        var last = "";
        var found = await Until(async () =>
        {
            var answer = await Get($"/v1/messages/{message}");
            last = answer.GetProperty("status").GetString();
            return last == status ? answer : (JsonElement?)null;
        });
        return found ?? throw new TimeoutException($"The message is '{last}', not '{status}'.");
    }

    /// <summary>The stored names of a message's facts, in order.</summary>
    public async Task<IReadOnlyList<string>> Facts(Guid message) =>
        [
            .. (await Get($"/v1/messages/{message}/events"))
                .EnumerateArray()
                .Select(fact => fact.GetProperty("type").GetString()!),
        ];

    /// <summary>Waits for a condition; null when it never came true.</summary>
    public static async Task<JsonElement?> Until(Func<Task<JsonElement?>> condition)
    {
        var end = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < end)
        {
            if (await condition() is { } found)
            {
                return found;
            }

            await Task.Delay(50);
        }

        return null;
    }

    /// <summary>A code that lets one device in.</summary>
    public async Task<string> PairingCode() =>
        (await Post("/v1/devices/pairing-codes", new { }, HttpStatusCode.Created))
            .GetProperty("code")
            .GetString()!;

    /// <summary>A real agent with a simulated SIM, online.</summary>
    public async Task<Phone> Connect(string radio = "sim:?acceptMs=5&reportMs=5")
    {
        var phone = await Phone.Pair(this, radio);
        phones.Add(phone);
        await phone.Online();
        return phone;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in phones)
        {
            await phone.DisposeAsync();
        }

        Http.Dispose();
    }

    private static async Task<JsonElement> Read(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(
            expected == response.StatusCode,
            $"{(int)response.StatusCode} instead of {(int)expected}: {text}"
        );
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}

/// <summary>A device agent in this process, with its own journal and a simulated radio.</summary>
public sealed class Phone : IAsyncDisposable
{
    private readonly TestTenant tenant;
    private readonly string folder;
    private readonly string radio;
    private CancellationTokenSource stop = new();
    private Agent? agent;
    private Task? running;

    private Phone(TestTenant tenant, string folder, string radio, Guid id) =>
        (this.tenant, this.folder, this.radio, Id) = (tenant, folder, radio, id);

    public Guid Id { get; }

    public static async Task<Phone> Pair(TestTenant tenant, string radio)
    {
        var folder = Path.Combine(tenant.Host.Folder, $"phone-{Guid.NewGuid():N}");
        using var http = new HttpClient();
        var options = new PairOptions(
            tenant.Host.Address,
            await tenant.PairingCode(),
            folder,
            [radio],
            "phone"
        );
        var membership = await Pairing.Pair(options, http, CancellationToken.None);
        return new Phone(tenant, folder, radio, membership.Device);
    }

    /// <summary>Starts the agent and waits until the gateway says it is online.</summary>
    public async Task Online()
    {
        stop = new();
        agent = await Agent.Open(new AgentOptions(folder, [radio]), stop.Token);
        running = agent.Run(stop.Token);
        var online = await TestTenant.Until(async () =>
        {
            var device = await tenant.Get($"/v1/devices/{Id}");
            return device.GetProperty("connected").GetBoolean() ? device : null;
        });
        Assert.NotNull(online);
    }

    /// <summary>Stops the agent in an orderly way.</summary>
    public async Task Offline()
    {
        await stop.CancelAsync();
        if (running is not null)
        {
            await running;
        }

        if (agent is not null)
        {
            await agent.DisposeAsync();
        }

        agent = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Offline();
        stop.Dispose();
    }
}
