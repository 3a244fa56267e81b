using System.Net.WebSockets;
using Carter;
using Gateway.Api.Setup;
using Gateway.Application;
using Gateway.Application.Devices;
using Gateway.DeviceProtocol;
using Gateway.Domain.Devices;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Gateway.Api.Devices.AgentV1;

/// <summary>The gateway's side of the link protocol <c>agent.v1</c>.</summary>
public sealed class AgentModule : ICarterModule
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapGet(Wire.SocketPath, Connect).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(Wire.PairPath, Pair)
            .AllowAnonymous()
            .RequireRateLimiting(Setup.Devices.PairingLimit)
            .WithTags("Devices");
    }

    private static async Task<IResult> Connect(
        HttpContext http,
        AgentSession session,
        IHostApplicationLifetime lifetime
    )
    {
        if (
            !http.WebSockets.IsWebSocketRequest
            || !http.WebSockets.WebSocketRequestedProtocols.Contains(Wire.SubProtocol)
        )
        {
            return Problems.Malformed(
                "websocket-is-expected",
                "Open a WebSocket with the sub-protocol agent.v1."
            );
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext
            {
                SubProtocol = Wire.SubProtocol,
                KeepAliveInterval = PingEvery,
                KeepAliveTimeout = PingEvery,
            }
        );
        await session.Serve(socket, http.Request.Host.Value!, lifetime.ApplicationStopping);
        return Results.Empty;
    }

    private static async Task<Results<Ok<PairAnswer>, ProblemHttpResult>> Pair(
        PairRequest request,
        IDocumentStore store,
        IClock clock,
        CancellationToken cancellation
    )
    {
        if (
            !Proof.Holds(
                request.PublicKey,
                Proof.Pairing(request.Code, request.Nonce, request.PublicKey),
                request.Sig
            )
        )
        {
            return new PairingCodeIsInvalid().ToProblem();
        }

        var command = new PairDevice(
            request.Code,
            request.PublicKey,
            request.Name is { Length: > 0 and <= 100 } name ? name : "device",
            request.Model ?? "",
            [.. request.Radios.Select(radio => new DeviceSim(radio.Sim, radio.Number, radio.Operator))]
        );
        var result = await Pairing.Pair(command, store, clock, cancellation);
        return result.Rejection is { } rejection
            ? rejection.ToProblem()
            : TypedResults.Ok(new PairAnswer(result.DeviceId, result.Epoch, result.Tenant));
    }
}
