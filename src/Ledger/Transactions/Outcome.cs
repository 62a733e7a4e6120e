namespace Actors.Ledger.Transactions;

/// <summary>
/// What the ledger says to a transaction or operation. A public contract: values are explicit, documented in
/// docs/outcomes.md, never reused, and where several apply the one that the checks meet first is given (the order of
/// docs/outcomes.md). 1xx are answers: nothing is recorded and the transaction id is not spent. 2xx and 3xx are recorded, unless
/// they say that nobody can tell who has to sign; such a transaction is answered.
/// </summary>
public enum Outcome : ushort
{
    /// <summary>Done. For a transaction: it is in a block that is durable.</summary>
    Committed = 0,

    Malformed = 100,
    UnsupportedVersion = 101,
    TooLarge = 102,
    WrongChain = 103,
    AlreadyCommitted = 104,
    Pruned = 105,
    Expired = 106,
    ExpiryTooFar = 107,
    UnsupportedScheme = 108,
    DuplicateSigner = 109,
    BadSignature = 110,
    MissingSignature = 111,
    SurplusSignature = 112,
    SealingKeyUnknown = 113,

    LinkedOperationRefused = 200,
    NotAuthorized = 201,
    ReferenceNotCreated = 202,

    KeysetNotFound = 300,
    AssetNotFound = 301,
    DebitAccountNotFound = 302,
    CreditAccountNotFound = 303,
    AccountNotFound = 304,
    PendingNotFound = 305,

    SameAccount = 310,
    ZeroAmount = 311,
    AssetMismatch = 312,
    SystemAccount = 313,
    DebitAccountFrozen = 314,
    CreditAccountFrozen = 315,
    DebitAccountClosed = 316,
    CreditAccountClosed = 317,
    AccountClosed = 318,

    TimeoutPassed = 320,
    TimeoutTooFar = 321,
    GroupMismatch = 322,
    PendingNotOpen = 323,
    PendingTimedOut = 324,
    PendingIsGrouped = 325,
    GroupInPart = 326,
    PostAmountTooLarge = 327,
    TooManySettlements = 328,

    AmountOverflow = 330,
    BelowFloor = 331,
    AboveCeiling = 332,

    AccountNotEmpty = 340,
    AccountHasPendings = 341,
    AssetCodeTaken = 350,
    AliasTaken = 351,
    TableFull = 352,
    SealingKeyChangedInBlock = 360,
}
