// Liksom is an offline sandbox of Norway's Contact and Reservation Register.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"liksom/sandbox/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := app.Run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
