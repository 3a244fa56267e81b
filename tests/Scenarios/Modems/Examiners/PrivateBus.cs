namespace Gateway.Scenarios.Modems.Examiners;

/// <summary>A message bus of its own for programs that expect the machine's.</summary>
internal static class PrivateBus
{
    /// <summary>What a program's environment must say to find the bus behind this socket.</summary>
    public static Dictionary<string, string> Environment(string socket) =>
        new()
        {
            ["DBUS_SESSION_BUS_ADDRESS"] = $"unix:path={socket}",
            ["DBUS_SYSTEM_BUS_ADDRESS"] = $"unix:path={socket}",
        };

    public static string Configuration(string socket) =>
        $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
              "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>session</type>
              <listen>unix:path={socket}</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow send_destination="*" eavesdrop="true"/>
                <allow eavesdrop="true"/>
                <allow own="*"/>
              </policy>
            </busconfig>

            """;
}
