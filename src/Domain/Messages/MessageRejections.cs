namespace Gateway.Domain.Messages;

public sealed record MessageIsUnknown()
    : Rejection("message-is-unknown", RejectionKind.Missing, "There is no message with this id.");

public sealed record MessageHasLeft()
    : Rejection(
        "message-has-left",
        RejectionKind.Conflict,
        "A device has already claimed the message; it may be on its way and can no longer be stopped."
    );

public sealed record MessageIsFinished()
    : Rejection(
        "message-is-finished",
        RejectionKind.Conflict,
        "The message is already finished; nothing is left to stop."
    );

public sealed record MessageIsNotInDoubt()
    : Rejection(
        "message-is-not-in-doubt",
        RejectionKind.Conflict,
        "It is known what became of the message, or it is being sent again; there is no doubt to settle."
    );

public sealed record IdempotencyKeyIsUsed()
    : Rejection(
        "idempotency-key-is-used",
        RejectionKind.Unprocessable,
        "This Idempotency-Key was used before with another body."
    );

public sealed record RecipientHasOptedOut()
    : Rejection(
        "recipient-has-opted-out",
        RejectionKind.Unprocessable,
        "The recipient asked for no more messages (STOP) and hasn't taken it back (START)."
    );

public sealed record MessageIsTooLong(int Segments, int Limit)
    : Rejection(
        "message-is-too-long",
        RejectionKind.Unprocessable,
        $"The text needs {Segments} segments; at most {Limit} are allowed."
    );

public sealed record ClaimIsRefused(string Reason)
    : Rejection("claim-is-refused", RejectionKind.Conflict, $"The device may not submit: {Reason}.");
