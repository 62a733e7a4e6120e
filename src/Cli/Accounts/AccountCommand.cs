using System.CommandLine;

namespace Actors.Cli.Accounts;

/// <summary><c>actors account ...</c>.</summary>
internal static class AccountCommand
{
    public static Command Create(CommandRunner runner) => new("account", "Open accounts, read and prove them, and set what they may do.")
    {
        AccountOpen.Create(runner),
        AccountShow.Create(runner),
        AccountAddress.Create(runner),
        AccountStatement.Create(runner),
        AccountProof.Create(runner),
        AccountSettings.Freeze(runner),
        AccountSettings.Unfreeze(runner),
        AccountSettings.Close(runner),
        AccountSettings.Alias(runner),
        AccountLimits.Floor(runner),
        AccountLimits.Ceiling(runner),
    };
}
