namespace Actors.Grains.Accounts;

/// <summary>Hears of changes of accounts, in order of height, while it is connected. What it missed stands in the account's statement.</summary>
[Alias("actors.account-observer")]
public interface IAccountObserver : IGrainObserver
{
    /// <summary>The next change is told when this one was taken: messages to observers may overtake each other, answers cannot.</summary>
    [Alias("changed")]
    Task ChangedAsync(AccountChange change);
}
