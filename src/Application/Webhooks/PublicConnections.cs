using System.Net;
using System.Net.Sockets;
using Gateway.Domain.Webhooks;

namespace Gateway.Application.Webhooks;

/// <summary>The name leads to addresses that are not public, to all of them.</summary>
public sealed class AddressRefusedException() : Exception("The address is not a public one.");

/// <summary>
/// Connects to public addresses only. It looks at the very address it then connects to, so a name that changes its mind
/// between a check and the call gains nothing.
/// </summary>
public static class PublicConnections
{
    /// <summary>A handler that follows no redirect, uses no proxy and keeps no cookies.</summary>
    public static SocketsHttpHandler Open(bool allowPrivate) =>
        new()
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellation) =>
                Connect(context.DnsEndPoint, allowPrivate, cancellation),
        };

    private static async ValueTask<Stream> Connect(
        DnsEndPoint to,
        bool allowPrivate,
        CancellationToken cancellation
    )
    {
        var found = await Dns.GetHostAddressesAsync(to.Host, cancellation);
        var allowed = allowPrivate ? found : [.. found.Where(PublicAddress.Is)];
        if (found.Length > 0 && allowed.Length == 0)
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, to.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
