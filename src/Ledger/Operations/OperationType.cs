namespace Actors.Ledger.Operations;

/// <summary>The first byte of an encoded operation.</summary>
public enum OperationType : byte
{
    OpenKeyset = 1,
    ChangeKeyset = 2,
    CreateAsset = 3,
    OpenAccounts = 4,
    Transfer = 5,
    Pending = 6,
    Post = 7,
    Void = 8,
    SetFloor = 9,
    SetCeiling = 10,
    Freeze = 11,
    Close = 12,
    Note = 13,
    ChangeSealingKey = 14,
    ChangeOperator = 15,
    SetAlias = 16,
    OpenPeer = 17,
    ResumePeer = 18,
    OpenChannel = 19,
    PauseChannel = 20,
    AbandonChannel = 21,
    OpenRoute = 22,
    LimitRoute = 23,
    Send = 24,
    SendMessage = 25,
    PendingDelivery = 26,
    UpdatePeer = 27,
    ConfirmChannel = 28,
    Receive = 29,
    Acknowledge = 30,
    TimeOut = 31,
    ReportEquivocation = 32,
}

/// <summary>What an operation creates, for references from later operations of the same transaction.</summary>
public enum CreatedKind : byte
{
    None = 0,
    Keyset,
    Asset,
    Accounts,
    Pending,
    Peer,
    Channel,
    Route,
    Packet,
}
