namespace Gateway.Api.Setup;

/// <summary>Links of devices.</summary>
public static class Devices
{
    public static void AddDevices(this WebApplicationBuilder builder) { }
}
