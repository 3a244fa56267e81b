namespace Gateway.Domain.Devices;

public sealed record DeviceIsUnknown()
    : Rejection("device-is-unknown", RejectionKind.Missing, "There is no device with this id.");

public sealed record DeviceIsRetired()
    : Rejection(
        "device-is-retired",
        RejectionKind.Conflict,
        "The device was retired; pair it again to use it."
    );

public sealed record PairingCodeIsInvalid()
    : Rejection(
        "pairing-code-is-invalid",
        RejectionKind.Forbidden,
        "The pairing code is wrong, used or older than ten minutes."
    );
