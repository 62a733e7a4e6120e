namespace Actors.Grains.Accounts;

/// <summary>Hears of changes of accounts, in order of height, while it is connected. What it missed stands in the account's statement.</summary>
[Alias("actors.account-observer")]
public interface IAccountObserver : IGrainObserver
{
    [Alias("changed")]
    void Changed(AccountChange change);
}
