using Gateway.DeviceProtocol;

namespace Gateway.Application.Devices;

/// <summary>How one connected device is reached. Sending never waits: what can't be sent is sorted out after a reconnect.</summary>
public interface IDeviceLink
{
    /// <summary>Puts frames on the wire, in order.</summary>
    void Send(params IReadOnlyList<DownFrame> frames);

    /// <summary>Ends the connection.</summary>
    /// <param name="code">WebSocket close code, 4400 to 4499 for reasons of ours.</param>
    void Close(int code, string reason);
}
